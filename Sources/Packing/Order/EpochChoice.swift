/// The documents of one source that a part of an epoch takes: those of the least choices, as many as
/// fit.
struct EpochChoice: Sendable {
  let source: Int
  /// What the documents chosen may come to.
  let tokens: Int
  /// The documents whose choice is below are chosen.
  private(set) var limit: UInt64 = 0
  private(set) var chosen = EncodedTotals.Sum()

  private var binTokens: [Int] = []
  private var bin = 0
  /// Of the documents in the bin where the tokens run out: choice and entry.
  private var candidates: [(choice: UInt64, facts: DocumentFacts, tokenCount: Int)] = []

  init(source: Int, tokens: Int) {
    self.source = source
    self.tokens = tokens
  }

  /// Finds all limits in two passes over the indices: the first counts tokens in bins of choices, the
  /// second sorts the one bin in which they run out.
  static func choose(
    _ choices: inout [EpochChoice], prefixes: [String], rule: OrderRule, memoryByteCount: Int
  ) throws(OrderError) {
    if choices.isEmpty { return }
    var bits = 16
    while bits > 4, choices.count << (bits + 3) > memoryByteCount / 4 { bits -= 1 }
    for number in choices.indices { choices[number].begin(bitCount: bits) }
    try pass(choices, prefixes, rule) { number, choice, entry in
      choices[number].count(choice, entry.tokenCount, bitCount: bits)
    }
    for number in choices.indices { choices[number].findBin() }
    try pass(choices, prefixes, rule) { number, choice, entry in
      choices[number].take(choice, entry, bitCount: bits)
    }
    for number in choices.indices { choices[number].finish(bitCount: bits) }
  }

  private static func pass(
    _ choices: [EpochChoice], _ prefixes: [String], _ rule: OrderRule,
    _ body: (Int, UInt64, EncodedEntry) -> Void
  ) throws(OrderError) {
    var number: [Int: Int] = [:]
    for (place, choice) in choices.enumerated() { number[choice.source] = place }
    for (task, prefix) in prefixes.enumerated() {
      let reader = try EncodedShardReader(prefix: prefix)
      try reader.forEach { row, entry in
        guard entry.facts.part == .train, let number = number[entry.facts.source] else { return }
        body(number, rule.choice(DocumentPosition(task: task, row: row)), entry)
      }
    }
  }

  private mutating func begin(bitCount: Int) {
    binTokens = Array(repeating: 0, count: 1 << bitCount)
  }

  private mutating func count(_ choice: UInt64, _ tokenCount: Int, bitCount: Int) {
    binTokens[Int(choice >> (64 - UInt64(bitCount)))] += tokenCount
  }

  private mutating func findBin() {
    var sum = 0
    bin = binTokens.count
    for (number, count) in binTokens.enumerated() {
      if sum + count > tokens {
        bin = number
        break
      }
      sum += count
    }
    binTokens = []
  }

  private mutating func take(_ choice: UInt64, _ entry: EncodedEntry, bitCount: Int) {
    let own = Int(choice >> (64 - UInt64(bitCount)))
    if own < bin { chosen.add(entry.facts, tokenCount: entry.tokenCount) }
    if own == bin { candidates.append((choice, entry.facts, entry.tokenCount)) }
  }

  private mutating func finish(bitCount: Int) {
    limit = bin >= 1 << bitCount ? .max : UInt64(bin) << (64 - UInt64(bitCount))
    var place = 0
    candidates.sort { $0.choice < $1.choice }
    while place < candidates.count {
      // Documents of one choice are taken together or not at all.
      let end = candidates[place...].firstIndex { $0.choice > candidates[place].choice }
      let group = candidates[place..<(end ?? candidates.count)]
      let count = group.reduce(0) { $0 + $1.tokenCount }
      limit = candidates[place].choice
      if chosen.tokens + count > tokens { break }
      for document in group { chosen.add(document.facts, tokenCount: document.tokenCount) }
      place = group.endIndex
      limit = place < candidates.count ? candidates[place].choice : limit + 1
    }
    candidates = []
  }
}
