/// One thing that is wrong with a set of shards.
package struct ShardFault: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, CaseIterable, Sendable {
    /// A file that the set names is not there.
    case missingFile = "missing-file"
    case wrongSize = "wrong-size"
    case wrongDigest = "wrong-digest"
    /// The bytes are not what the format says.
    case structure
    case provenance
    /// The set counts other sequences, tokens or documents.
    case wrongCount = "wrong-count"
    case outsideVocabulary = "outside-vocabulary"
    case missingEnd = "missing-end-of-document"
    case endInside = "end-of-document-inside"
    case missingBeginning = "missing-beginning-of-document"
    case wrongPadding = "wrong-padding"
    case roundTrip = "round-trip"
    case duplicateShard = "duplicate-shard"
    /// A number is missing among the shards, or one that the data card counts.
    case missingShard = "missing-shard"
    /// What makes or changes the set was cut off.
    case unfinished
    /// A file of a shard that the set does not name.
    case foreignFile = "foreign-file"
  }

  package let kind: Kind
  package let file: String
  /// In the file.
  package var byteOffset: Int?
  /// In the shard.
  package var tokenOffset: Int?
  package let message: String

  enum CodingKeys: String, CodingKey {
    case kind, file, message
    case byteOffset = "byte_offset"
    case tokenOffset = "token_offset"
  }

  /// On one line.
  package var words: String {
    var place = ""
    if let byteOffset { place = " at byte \(byteOffset):" }
    if let tokenOffset { place = " at token \(tokenOffset):" }
    return "\(kind.rawValue): \(file):\(place) \(message)"
  }
}

/// Faults as they are found: all are counted, the first of each kind kept.
package struct ShardFaults: Sendable {
  package private(set) var counts: [ShardFault.Kind: Int] = [:]
  /// In the order they were found, at most ten of a kind.
  package private(set) var first: [ShardFault] = []

  private static let keptCount = 10

  package var isEmpty: Bool { first.isEmpty }

  mutating func add(_ fault: ShardFault) {
    let count = counts[fault.kind, default: 0]
    if count < Self.keptCount { first.append(fault) }
    counts[fault.kind] = count + 1
  }

  mutating func add(
    _ kind: ShardFault.Kind, _ file: String, byteOffset: Int? = nil, tokenOffset: Int? = nil,
    _ message: String
  ) {
    add(
      ShardFault(
        kind: kind, file: file, byteOffset: byteOffset, tokenOffset: tokenOffset, message: message))
  }

  static func += (left: inout ShardFaults, right: ShardFaults) {
    for fault in right.first where left.counts[fault.kind, default: 0] < keptCount {
      left.first.append(fault)
    }
    left.counts.merge(right.counts, uniquingKeysWith: +)
  }
}
