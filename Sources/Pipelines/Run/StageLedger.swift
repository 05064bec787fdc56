/// Documents and their bytes.
package struct Tally: Codable, Sendable, Equatable {
  package var documents = 0
  package var bytes = 0

  package init(documents: Int = 0, bytes: Int = 0) {
    self.documents = documents
    self.bytes = bytes
  }

  package static func + (left: Tally, right: Tally) -> Tally {
    Tally(documents: left.documents + right.documents, bytes: left.bytes + right.bytes)
  }

  package static func += (left: inout Tally, right: Tally) { left = left + right }
}

/// Where every document and byte of a stage, or of one of its tasks, went.
///
/// In `curate` a byte is a byte of the decompressed input, and a document any record, even a broken
/// one; in later stages a byte is a byte of text. `input = kept + dropped + failed + skipped`.
package struct StageLedger: Codable, Sendable, Equatable {
  package var input = Tally()
  package var kept = Tally()
  /// By step, then by reason.
  package var dropped: [String: [String: Tally]] = [:]
  /// By cause.
  package var failed: [String: Tally] = [:]
  /// Records that hold no document, by kind.
  package var skipped: [String: Tally] = [:]
  /// What the stage hands on: documents and bytes of text.
  package var output = Tally()
  /// What was put right without losing a document: counts by what it was.
  package var repaired: [String: Int] = [:]
  package var tokens: TokenLedger?

  package init() {}

  package mutating func drop(step: String, reason: String, bytes: Int) {
    dropped[step, default: [:]][reason, default: Tally()] += Tally(documents: 1, bytes: bytes)
  }

  package mutating func fail(cause: String, documents: Int, bytes: Int) {
    failed[cause, default: Tally()] += Tally(documents: documents, bytes: bytes)
  }

  package static func += (left: inout StageLedger, right: StageLedger) {
    left.input += right.input
    left.kept += right.kept
    left.output += right.output
    for (step, reasons) in right.dropped {
      left.dropped[step, default: [:]].merge(reasons, uniquingKeysWith: +)
    }
    left.failed.merge(right.failed, uniquingKeysWith: +)
    left.skipped.merge(right.skipped, uniquingKeysWith: +)
    left.repaired.merge(right.repaired, uniquingKeysWith: +)
    if let tokens = right.tokens { left.tokens = (left.tokens ?? TokenLedger()) + tokens }
  }

  /// The ledger as JSON.
  package func json() throws -> String {
    String(decoding: try JSONFile.encode(self), as: UTF8.self)
  }

  package var droppedTotal: Tally {
    dropped.values.flatMap(\.values).reduce(Tally(), +)
  }
  package var failedTotal: Tally { failed.values.reduce(Tally(), +) }
  package var skippedTotal: Tally { skipped.values.reduce(Tally(), +) }

  /// What does not add up, in words; empty when the ledger balances.
  package var imbalances: [String] {
    var faults: [String] = []
    let accounted = kept + droppedTotal + failedTotal + skippedTotal
    if accounted != input {
      faults.append(
        "\(input.documents) documents and \(input.bytes) bytes came in, "
          + "\(accounted.documents) and \(accounted.bytes) are accounted for")
    }
    if kept.documents != output.documents {
      faults.append("\(kept.documents) documents were kept, \(output.documents) went out")
    }
    if let tokens, !tokens.isBalanced {
      faults.append(
        "\(tokens.encoded) tokens encoded, \(tokens.endOfDocument) around documents and "
          + "\(tokens.repeated) repeated, but \(tokens.packed) packed, \(tokens.cropped) cropped, "
          + "\(tokens.remainder) left over and \(tokens.unused) unused")
    }
    return faults
  }
}

/// Where every token went: `encoded + endOfDocument + repeated = packed + cropped + remainder + unused`.
package struct TokenLedger: Codable, Sendable, Equatable {
  /// Tokens of the documents' text.
  package var encoded = 0
  /// Tokens set before and after documents.
  package var endOfDocument = 0
  /// Tokens of documents that are packed once more, for sources with several epochs.
  package var repeated = 0
  package var packed = 0
  /// Tokens cut off documents that are longer than a sequence.
  package var cropped = 0
  /// Tokens of last sequences that were not full and were left out.
  package var remainder = 0
  /// Tokens of documents beyond the budget of their source.
  package var unused = 0
  /// Tokens added to fill sequences; not among the packed.
  package var padding = 0
  /// Of the packed tokens, those in validation shards.
  package var validation = 0
  /// Of the packed tokens, those in test shards.
  package var test = 0

  package init() {}

  /// True when no token is missing and none appeared.
  var isBalanced: Bool {
    encoded + endOfDocument + repeated == packed + cropped + remainder + unused
  }

  private static let counts: [any WritableKeyPath<Self, Int> & Sendable] = [
    \.encoded, \.endOfDocument, \.repeated, \.packed, \.cropped, \.remainder, \.unused, \.padding,
    \.validation, \.test,
  ]

  package static func + (left: TokenLedger, right: TokenLedger) -> TokenLedger {
    var sum = left
    for count in counts { sum[keyPath: count] += right[keyPath: count] }
    return sum
  }
}
