/// Chooses tokens of a text so that equal windows of tokens choose equal ones.
///
/// Of a window's runs of half its tokens, the one with the least hash is its anchor, the first of equal
/// ones (winnowing, Schleimer, Wilkerson and Aiken 2003). A window that occurs twice has an anchor
/// that occurs twice; so of all windows only those whose anchor does need to be looked at. Of random
/// text two in `windowTokens / 2 + 2` tokens begin an anchor.
struct AnchorFinder {
  private static let base: UInt64 = 0x1D6E_8FEB_8665_9FD9

  private let windowTokens: Int
  private let runTokens: Int
  private var hashes: [UInt64] = []
  /// Places whose hashes may yet be least, in ascending order of both.
  private var candidates: [Int] = []

  init(windowTokens: Int) {
    self.windowTokens = windowTokens
    runTokens = max(1, windowTokens / 2)
  }

  /// For each window of the text, in order, the place of its anchor and the anchor's hash.
  mutating func find(_ tokens: [Token], _ take: (_ place: Int, _ hash: UInt64) -> Void) {
    guard tokens.count >= windowTokens else { return }
    hashRuns(tokens)
    candidates.removeAll(keepingCapacity: true)
    var head = 0
    let width = windowTokens - runTokens + 1
    for place in hashes.indices {
      while candidates.count > head, hashes[candidates[candidates.count - 1]] > hashes[place] {
        candidates.removeLast()
      }
      candidates.append(place)
      if candidates[head] <= place - width { head += 1 }
      if place + 1 >= width { take(candidates[head], hashes[candidates[head]]) }
    }
  }

  private mutating func hashRuns(_ tokens: [Token]) {
    hashes.removeAll(keepingCapacity: true)
    var rolling = RollingHash(length: runTokens, base: Self.base)
    for place in tokens.indices {
      let leaving = place >= runTokens ? tokens[place - runTokens].hashes.0 : 0
      rolling.roll(tokens[place].hashes.0, leaving: leaving)
      // Mixed, so that the least is a random choice.
      if place + 1 >= runTokens { hashes.append(mix(rolling.value, 0xA076_1D64_78BD_642F)) }
    }
  }
}
