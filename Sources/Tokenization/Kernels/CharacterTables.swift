internal import ByteKernels

/// What encoders of one model of characters share: symbols, and which two become which third.
///
/// A symbol is a token by its id, or a number behind the ids: a character that is no token and yet is
/// part of some (SentencePiece merges texts, not tokens), or a user-defined piece, which is never
/// merged.
@safe final class CharacterTables: Sendable {
  static let none = UInt32.max
  /// In the place of a merge: two symbols are not merged, but are neighbours in some token.
  ///
  /// It is greater than all merges.
  static let neighbours = UInt64.max - 1
  /// In the place of a merge: no token lies across the two symbols.
  static let apart = UInt64.max

  struct Pair {
    var key: UInt64
    /// The rank in the high half, the symbol the two become in the low one.
    var merge: UInt64
  }

  private static let pageBits = 8

  let rules: CharacterRules
  /// The ids of all symbols; `none` for a symbol that is not known to the vocabulary.
  let ids: [UInt32]
  /// How many bytes the text of a symbol has.
  let byteCounts: [UInt32]
  /// The ids of the tokens of bytes, `none` where there is none.
  let byteIDs: [UInt32]
  /// User-defined pieces, by their symbols, and where SentencePiece's ways are not to be followed nil.
  let userDefined: PieceTrie?
  /// True where symbols are found and merged as by SentencePiece, false where as by Hugging Face.
  let followsSentencePiece: Bool
  /// Tokens that a whole piece becomes.
  let wholePieces: PieceTrie?
  /// Pieces that are taken apart again where merging has led to them; nil when there are none.
  let unusedSymbols: Set<UInt32>
  let cut: WordCut
  /// True when all neighbours in tokens are known, so that symbols can be merged part by part.
  let hasParts: Bool
  /// The unknown id of which SentencePiece leaves one where there are several.
  let fusedID: UInt32?

  nonisolated(unsafe) private let pairs: UnsafeMutablePointer<Pair>
  private let mask: Int
  /// Symbols of characters: for every 256 scalars the place of their symbols.
  nonisolated(unsafe) private let pages: UnsafeMutablePointer<Int32>
  nonisolated(unsafe) private let symbols: UnsafeMutablePointer<UInt32>

  init(_ builder: CharacterTablesBuilder) {
    rules = builder.rules
    ids = builder.ids
    byteCounts = builder.byteCounts
    byteIDs = builder.byteIDs
    userDefined = builder.userDefined
    followsSentencePiece = builder.followsSentencePiece
    wholePieces = builder.wholePieces
    unusedSymbols = builder.unusedSymbols
    cut = builder.cut
    fusedID =
      followsSentencePiece && !rules.hasByteFallback && rules.fusesUnknown ? rules.unknownID : nil
    hasParts = builder.hasParts
    let pairCount = builder.pairs.count + builder.neighbours.count
    var places = 16
    while places < pairCount * 2 { places *= 2 }
    mask = places - 1
    unsafe pairs = TableMemory.allocate(
      repeating: Pair(key: .max, merge: Self.apart), count: places)
    let pageCount = 0x110000 >> Self.pageBits
    unsafe pages = .allocate(capacity: pageCount)
    unsafe pages.initialize(repeating: 0, count: pageCount)
    let used = Set(builder.characters.keys.map { Int($0) >> Self.pageBits }).sorted()
    let symbolCount = (used.count + 1) << Self.pageBits
    unsafe symbols = TableMemory.allocate(repeating: Self.none, count: symbolCount)
    for (index, page) in used.enumerated() {
      unsafe pages[page] = Int32((index + 1) << Self.pageBits)
    }
    for (scalar, symbol) in builder.characters {
      let place = unsafe Int(pages[Int(scalar) >> Self.pageBits]) + Int(scalar) & 255
      unsafe symbols[place] = symbol
    }
    for pair in builder.neighbours { insert((pair.left, pair.right, Self.neighbours)) }
    for pair in builder.pairs { insert(pair) }
  }

  deinit {
    unsafe pairs.deallocate()
    unsafe pages.deallocate()
    unsafe symbols.deallocate()
  }

  /// The symbol of a character; `none` for one that is part of no token.
  @inline(__always)
  func symbol(_ scalar: UInt32) -> UInt32 {
    // SAFETY: scalars are below 0x110000, and every page has 256 places.
    unsafe symbols[Int(pages[Int(scalar &>> UInt32(Self.pageBits))]) &+ Int(scalar & 255)]
  }

  /// Rank and product of the merge of two symbols; or one of the two numbers that stand for none.
  @inline(__always)
  func merge(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let key = Self.key(left, right)
    var place = Self.hash(key) & mask
    // SAFETY: `place` is masked to the capacity; there is always an empty place.
    while true {
      let pair = unsafe pairs[place]
      if pair.key == key || pair.key == .max { return pair.merge }
      place = (place &+ 1) & mask
    }
  }

  /// Of a pair that is there twice the last merge counts.
  private func insert(_ pair: (left: UInt32, right: UInt32, merge: UInt64)) {
    let key = Self.key(pair.left, pair.right)
    var place = Self.hash(key) & mask
    while unsafe pairs[place].key != key && pairs[place].key != .max { place = (place + 1) & mask }
    unsafe pairs[place] = Pair(key: key, merge: pair.merge)
  }

  /// Symbols that are in no pair may be beyond the bits: their key is that of no pair.
  @inline(__always)
  private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) &<< 32 | UInt64(right)
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    let product = (key ^ key &>> 29) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product &>> 32)
  }
}
