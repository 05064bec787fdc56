/// Finds the tokens of a pre-token from the left, in time linear in its length.
///
/// The tokens that merging leads to are the only sequence in which no two neighbours would have been
/// merged otherwise. So the longest token is tried first, then shorter ones, and where none fits, the
/// token before is made shorter. A place that was left for good is never tried again. (The algorithm
/// is that of the bpe crate of rust-gems.)
@safe final class Backtracker {
  private let table: MergeTable
  private let trie: TokenTrie
  /// One bit a place, cleared where no sequence of tokens can go on; for pre-tokens of the usual size.
  private let open: UnsafeMutablePointer<UInt64>
  /// Pairs asked for before, with the answer in the lowest bit.
  private let answers: UnsafeMutablePointer<UInt64>

  private static let answerBits: UInt64 = 13
  private static let openWordCount = 64

  init(_ table: MergeTable, _ trie: TokenTrie) {
    self.table = table
    self.trie = trie
    unsafe open = .allocate(capacity: Self.openWordCount)
    unsafe answers = .allocate(capacity: 1 << Int(Self.answerBits))
    unsafe answers.initialize(repeating: .max, count: 1 << Int(Self.answerBits))
  }

  deinit {
    unsafe open.deallocate()
    unsafe answers.deallocate()
  }

  /// Writes the ids that a pre-token of one byte or more becomes, no more than it has bytes, and
  /// returns how many they are.
  func encode(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, into ids: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var count: Int?
    if byteCount >= LongRun.leastByteCount, let run = unsafe LongRun.longest(bytes, byteCount) {
      count = unsafe searchShortened(run, bytes, byteCount, into: ids)
    }
    let tokenCount = unsafe count ?? search(bytes, byteCount, into: ids)
    // SAFETY: there are so many tokens.
    for index in 0..<tokenCount { unsafe ids[index] = table.id(ids[index]) }
    return tokenCount
  }

  /// Writes the tokens that a pre-token becomes and returns how many they are.
  @inline(__always)
  func search(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, into tokens: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let wordCount = byteCount &>> 6 &+ 1
    var open = unsafe self.open
    // SAFETY: the memory is given back below.
    if wordCount > Self.openWordCount { unsafe open = .allocate(capacity: wordCount) }
    for index in 0..<wordCount { unsafe open[index] = .max }
    let count = unsafe search(bytes, byteCount, open, into: tokens)
    if wordCount > Self.openWordCount { unsafe open.deallocate() }
    return count
  }

  func byteCount(of token: UInt32) -> Int { Int(trie.extent(token).byteCount) }

  @inline(__always)
  private func search(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ open: UnsafeMutablePointer<UInt64>,
    into tokens: UnsafeMutablePointer<UInt32>
  ) -> Int {
    // SAFETY: places are at most `byteCount`, and there is a token for a byte at the most.
    var place = 0
    var count = 0
    var (token, length) = unsafe trie.longest(bytes, byteCount)
    while true {
      let end = place &+ length
      let isOpen = unsafe open[end &>> 6] &>> UInt64(truncatingIfNeeded: end & 63) & 1 != 0
      if isOpen, unsafe count == 0 || staysApart(tokens[count &- 1], token) {
        unsafe tokens[count] = token
        count &+= 1
        place = end
        if place == byteCount { return count }
        (token, length) = unsafe trie.longest(bytes + place, byteCount &- place)
        continue
      }
      let shorter = trie.extent(token).prefix
      if shorter != MergeTable.none {
        token = shorter
        length = Int(trie.extent(token).byteCount)
        continue
      }
      unsafe open[place &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: place & 63))
      count &-= 1
      token = unsafe tokens[count]
      length = Int(trie.extent(token).byteCount)
      place &-= length
    }
  }

  /// True when merging leaves these two as neighbours.
  @inline(__always)
  private func staysApart(_ left: UInt32, _ right: UInt32) -> Bool {
    let key = UInt64(left) &<< 32 | UInt64(right)
    let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- Self.answerBits))
    // SAFETY: the place has as many bits as there are answers.
    let answer = unsafe answers[place]
    if answer &>> 1 == key { return answer & 1 != 0 }
    let result = table.staysApart(left, right)
    unsafe answers[place] = key &<< 1 | (result ? 1 : 0)
    return result
  }
}
