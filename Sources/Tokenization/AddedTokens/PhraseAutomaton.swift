/// Finds phrases in a text, from left to right, of those that begin first the longest (Aho and Corasick
/// 1975, with the leftmost-longest rule).
///
/// What is read behind a match to see whether it is the longest, at most the longest phrase, is read
/// again for the next.
struct PhraseAutomaton: Sendable {
  struct Match: Equatable {
    let phrase: Int
    let range: Range<Int>
  }

  private static let none: Int32 = -1

  /// For the root every byte has a place, for other states those between `first` and `last` do.
  private struct State {
    var depth: Int32
    /// The edges are `edges[start..<end]`, in order of byte.
    var start: Int32 = 0
    var end: Int32 = 0
    /// Where to go on when no edge fits; none where a match that begins first is known by then.
    var failure: Int32 = 0
    /// The phrase that ends here and begins first.
    var phrase: Int32 = PhraseAutomaton.none
  }

  private var states: [State] = []
  private var edges: [(byte: UInt8, target: Int32)] = []
  private var rootTargets = [Int32](repeating: PhraseAutomaton.none, count: 256)
  private let lengths: [Int]

  /// Of equal phrases the last counts; empty ones are never found.
  init(_ phrases: [[UInt8]]) {
    lengths = phrases.map(\.count)
    build(phrases)
    fillFailures()
  }

  /// The first match that begins at `start` or after it.
  func next(in text: Span<UInt8>, from start: Int) -> Match? {
    var state: Int32 = 0
    var match: Match?
    var offset = start
    while offset < text.count {
      let byte = text[offset]
      if state == 0 {
        let target = rootTargets[Int(byte)]
        offset += 1
        if target == Self.none { continue }
        state = target
      } else if let target = target(of: state, byte) {
        state = target
        offset += 1
      } else {
        state = states[Int(state)].failure
        if state == Self.none { return match }
        continue
      }
      let phrase = states[Int(state)].phrase
      if phrase != Self.none {
        let length = lengths[Int(phrase)]
        match = Match(phrase: Int(phrase), range: offset - length..<offset)
      }
    }
    return match
  }

  private func target(of state: Int32, _ byte: UInt8) -> Int32? {
    let state = states[Int(state)]
    var (low, high) = (Int(state.start), Int(state.end))
    while low < high {
      let middle = (low + high) / 2
      if edges[middle].byte < byte { low = middle + 1 } else { high = middle }
    }
    return low < state.end && edges[low].byte == byte ? edges[low].target : nil
  }

  /// Makes a trie, level by level, of the phrases in order.
  private mutating func build(_ phrases: [[UInt8]]) {
    let order = phrases.indices.sorted {
      phrases[$0].lexicographicallyPrecedes(phrases[$1])
        || (phrases[$0] == phrases[$1] && $0 < $1)
    }
    states = [State(depth: 0)]
    var ranges = [0..<order.count]
    var number = 0
    while number < states.count {
      let depth = Int(states[number].depth)
      var place = ranges[number].lowerBound
      let end = ranges[number].upperBound
      while place < end, phrases[order[place]].count == depth {
        if depth > 0 { states[number].phrase = Int32(order[place]) }
        place += 1
      }
      states[number].start = Int32(edges.count)
      while place < end {
        let byte = phrases[order[place]][depth]
        let from = place
        while place < end, phrases[order[place]][depth] == byte { place += 1 }
        let target = Int32(states.count)
        edges.append((byte, target))
        if number == 0 { rootTargets[Int(byte)] = target }
        states.append(State(depth: Int32(depth + 1)))
        ranges.append(from..<place)
      }
      states[number].end = Int32(edges.count)
      number += 1
    }
  }

  /// Fills failures in, nearer states first.
  private mutating func fillFailures() {
    var hasMatch = [Bool](repeating: false, count: states.count)
    for number in states.indices {
      if states[number].phrase != Self.none { hasMatch[number] = true }
      for edge in Int(states[number].start)..<Int(states[number].end) {
        let (byte, child) = (edges[edge].byte, Int(edges[edge].target))
        hasMatch[child] = hasMatch[number]
        if hasMatch[number] || states[child].phrase != Self.none {
          states[child].failure = Self.none
          continue
        }
        var failure = number == 0 ? 0 : states[number].failure
        if number != 0 { failure = self.failure(from: failure, byte) }
        states[child].failure = failure
        if failure > 0 { states[child].phrase = states[Int(failure)].phrase }
      }
    }
  }

  /// Where a state's failure leads by a byte; none where it is known by then what is found.
  private func failure(from state: Int32, _ byte: UInt8) -> Int32 {
    var state = state
    while state > 0 {
      if let target = target(of: state, byte) { return target }
      state = states[Int(state)].failure
    }
    return state == Self.none ? Self.none : max(0, rootTargets[Int(byte)])
  }
}
