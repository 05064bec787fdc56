/// Characters that stand for nothing one sees, by what they are for; each class is a setting of
/// `normalize`.
enum CharacterClass: String, CaseIterable, Sendable {
  case controls
  case zeroWidthSpaces = "zero-width-spaces"
  case joiners
  case directionalMarks = "directional-marks"
  case directionalEmbeddings = "directional-embeddings"
  case variationSelectors = "variation-selectors"
  case byteOrderMarks = "byte-order-marks"
  case softHyphens = "soft-hyphens"
  case tagCharacters = "tag-characters"
  case annotations = "interlinear-annotations"
  case privateUse = "private-use"
  case noncharacters

  /// Its characters; tab and line feed are no controls here, and line ends are judged before.
  var scalars: [ClosedRange<UInt32>] {
    switch self {
    case .controls: [0...0x08, 0x0B...0x1F, 0x7F...0x9F]
    case .zeroWidthSpaces: [0x200B...0x200B, 0x2060...0x2060]
    case .joiners: [0x200C...0x200D]
    case .directionalMarks: [0x061C...0x061C, 0x200E...0x200F]
    case .directionalEmbeddings: [0x202A...0x202E, 0x2066...0x2069]
    case .variationSelectors: [0xFE00...0xFE0F, 0xE0100...0xE01EF]
    case .byteOrderMarks: [0xFEFF...0xFEFF]
    case .softHyphens: [0xAD...0xAD]
    case .tagCharacters: [0xE0001...0xE0001, 0xE0020...0xE007F]
    case .annotations: [0xFFF9...0xFFFB]
    case .privateUse: [0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD]
    case .noncharacters:
      [0xFDD0...0xFDEF] + (0...16).map { $0 << 16 | 0xFFFE...$0 << 16 | 0xFFFF }
    }
  }

  /// The classes that the settings remove.
  static func removed(by settings: Normalize.Settings) -> [CharacterClass] {
    allCases.filter { settings[keyPath: $0.setting] == .remove }
  }

  private var setting: KeyPath<Normalize.Settings, Normalize.Treatment> {
    switch self {
    case .controls: \.controls
    case .zeroWidthSpaces: \.zeroWidthSpaces
    case .joiners: \.joiners
    case .directionalMarks: \.directionalMarks
    case .directionalEmbeddings: \.directionalEmbeddings
    case .variationSelectors: \.variationSelectors
    case .byteOrderMarks: \.byteOrderMarks
    case .softHyphens: \.softHyphens
    case .tagCharacters: \.tagCharacters
    case .annotations: \.annotations
    case .privateUse: \.privateUse
    case .noncharacters: \.noncharacters
    }
  }
}
