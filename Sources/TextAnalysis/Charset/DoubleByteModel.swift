/// How likely a charset of one and two bytes a character makes a text of its language.
///
/// The commonest characters cost what they cost in text; of the rest, the regions of the code tables
/// stand for frequency, since the standards put the common characters of each script together.
struct DoubleByteModel: Sendable {
  let charset: Charset
  /// The charset's own rarity, once a text, in quarters.
  var prior: Int { form == .johab || form == .eucTW ? -48 : -4 }

  private let form: Form
  /// A row of 256 for each lead byte from 0x81: logarithms of probabilities, in quarters.
  private let costs: [Int8]

  private enum Form { case shiftJIS, eucJP, gb18030, big5, eucKR, johab, eucTW }

  static let malformedCost: Int8 = -96

  static let all: [DoubleByteModel] = [
    .init("shift_jis", .shiftJIS, .shiftJIS, "ja"), .init("euc-jp", .eucJP, .eucJP, "ja"),
    .init("gb18030", .gb18030, .gb18030, "zh-cn"), .init("big5", .big5, .big5, "zh-tw"),
    .init("euc-kr", .eucKR, .eucKR, "ko"), .init("johab", .johab, .johab, "ko"),
    .init("euc-tw", .eucTW, .eucTW, "zh-tw"),
  ]

  private init(_ name: String, _ form: Form, _ index: CharsetIndex, _ language: String) {
    charset = Charset(name: name, kind: .multiByte)
    self.form = form
    var common: [UInt32: Int8] = [:]
    for (cost, characters) in LanguageTables.characters[language] ?? [] {
      for character in characters.unicodeScalars { common[character.value] = Int8(-4 * cost) }
    }
    var costs = [Int8](repeating: Self.malformedCost, count: 126 * 256)
    for lead in CharsetIndex.firstLead...CharsetIndex.lastLead {
      for trail in 0x31...0xFE as ClosedRange<UInt8> {
        guard let scalar = index.scalar(lead, trail) else { continue }
        let cost = common[scalar] ?? Self.cost(form, lead, trail, scalar)
        costs[Int(lead - CharsetIndex.firstLead) << 8 | Int(trail)] = cost
      }
    }
    self.costs = costs
  }

  /// The logarithm of the probability of the characters from the position to the end, in quarters;
  /// moves the position to the first character behind.
  func score(_ sample: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int {
    let costs = costs.span
    var score = 0
    while position < end {
      let lead = sample[position]
      guard lead >= 0x80 else {
        position &+= 1
        continue
      }
      guard position &+ 1 < sample.count else {
        position &+= 1
        break
      }
      let trail = sample[position &+ 1]
      if let (cost, byteCount) = longOrShort(lead, trail, sample, position) {
        score &+= cost
        position &+= byteCount
        continue
      }
      guard lead != 0x80, lead != 0xFF else {
        score &+= Int(Self.malformedCost)
        position &+= 1
        continue
      }
      if position > 0, Self.isLetter(sample[position &- 1]) { score &-= 8 }
      let cost = costs[Int(lead &- CharsetIndex.firstLead) &<< 8 | Int(trail)]
      score &+= Int(cost)
      position &+= cost == Self.malformedCost && trail < 0x80 ? 1 : 2
    }
    return score
  }

  /// Whether the byte is an ASCII letter, which seldom touches the characters of these scripts.
  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// A character of one, three or four bytes.
  @inline(__always)
  private func longOrShort(
    _ lead: UInt8, _ trail: UInt8, _ sample: Span<UInt8>, _ position: Int
  ) -> (Int, Int)? {
    switch form {
    case .shiftJIS: return lead >= 0xA1 && lead <= 0xDF ? (-26, 1) : nil
    case .eucJP: return lead == 0x8F && trail >= 0xA1 ? (-60, 3) : nil
    case .eucTW: return lead == 0x8E && trail >= 0xA1 && trail <= 0xA7 ? (-48, 4) : nil
    case .gb18030: return trail >= 0x30 && trail <= 0x39 ? (-72, 4) : nil
    case .big5, .eucKR, .johab: return nil
    }
  }

  /// What a pair costs that is none of the commonest characters.
  private static func cost(_ form: Form, _ lead: UInt8, _ trail: UInt8, _ scalar: UInt32) -> Int8 {
    let isIdeograph = (0x3400...0x9FFF).contains(scalar)
    switch scalar {
    case 0x3000: return -18
    case 0x3001...0x303F, 0xFF00...0xFF65: return -26
    case 0x3040...0x30FF: return form == .shiftJIS || form == .eucJP ? -26 : -44
    case 0xAC00...0xD7A3: return lead >= 0xB0 && trail >= 0xA1 || form == .johab ? -36 : -48
    case 0x2000...0x26FF: return -32
    default: if !isIdeograph { return -52 }
    }
    let isFirstLevel: Bool
    switch form {
    case .shiftJIS: isFirstLevel = lead < 0x98
    case .eucJP: isFirstLevel = lead < 0xD0
    case .gb18030: isFirstLevel = lead >= 0xB0 && lead < 0xD8 && trail >= 0xA1
    case .big5: isFirstLevel = lead >= 0xA4 && lead < 0xC7
    case .eucTW: isFirstLevel = lead >= 0xC4
    case .eucKR, .johab: return -44
    }
    if isFirstLevel { return -40 }
    return form == .gb18030 && (trail < 0xA1 || lead < 0xB0) ? -60 : -48
  }
}
