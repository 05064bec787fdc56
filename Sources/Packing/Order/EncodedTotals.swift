/// What one task encoded: enough to plan the order of the whole.
package struct EncodedTotals: Sendable, Equatable, Codable {
  /// Documents of one source in one part.
  package struct Sum: Sendable, Equatable, Codable {
    package var documents = 0
    package var tokens = 0
    /// Of the tokens, those that are not of text.
    package var boundaryTokens = 0
    package var textBytes = 0

    package init() {}

    mutating func add(_ facts: DocumentFacts, tokenCount: Int) {
      documents += 1
      tokens += tokenCount
      boundaryTokens += facts.boundaryTokenCount
      textBytes += facts.textByteCount
    }

    static func += (left: inout Self, right: Self) {
      left.documents += right.documents
      left.tokens += right.tokens
      left.boundaryTokens += right.boundaryTokens
      left.textBytes += right.textBytes
    }
  }

  /// By part, then by source.
  package private(set) var sums: [[Sum]]
  /// Documents that the order has a rank for.
  package private(set) var rankedDocuments = 0
  /// By part: documents at even distances in tokens.
  package private(set) var samples: [OrderSample]

  init(sourceCount: Int, sampleLimit: Int) {
    sums = Array(
      repeating: Array(repeating: Sum(), count: sourceCount), count: SplitPart.allCases.count)
    samples = SplitPart.allCases.map { _ in OrderSample(limit: sampleLimit) }
  }

  mutating func add(_ facts: DocumentFacts, row: Int, tokenCount: Int) {
    let part = Int(facts.part.number)
    sums[part][facts.source].add(facts, tokenCount: tokenCount)
    if facts.rank != OrderRule.noRank { rankedDocuments += 1 }
    samples[part].add(
      OrderSample.Entry(row: row, source: facts.source, rank: facts.rank), tokenCount: tokenCount)
  }
}

/// Documents that hold every n-th token, for quantiles of the order.
package struct OrderSample: Sendable, Equatable, Codable {
  package struct Entry: Sendable, Equatable, Codable {
    var row: Int
    var source: Int
    var rank: UInt64
  }

  /// A sample stands for so many tokens.
  private(set) var stride = 16
  private(set) var entries: [Entry] = []
  private var tokenCount = 0
  private let limit: Int

  /// Keeps at most `limit` documents, by doubling the distance.
  init(limit: Int) {
    self.limit = max(2, limit)
  }

  mutating func add(_ entry: Entry, tokenCount added: Int) {
    let end = tokenCount + added
    var next = (tokenCount / stride + 1) * stride
    while next <= end {
      entries.append(entry)
      if entries.count == limit { thin() }
      next = (next / stride + 1) * stride
    }
    tokenCount = end
  }

  /// The samples at odd multiples of the distance go.
  private mutating func thin() {
    entries = entries.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    stride *= 2
  }
}
