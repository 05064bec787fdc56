internal import ByteKernels

/// Where a copy of a document stands among all of its part; the first number counts most.
package struct OrderKey: Sendable, Equatable, Comparable, Codable {
  package var primary: UInt64
  package var secondary: UInt64

  package init(primary: UInt64, secondary: UInt64) {
    self.primary = primary
    self.secondary = secondary
  }

  @inline(__always)
  package static func < (left: Self, right: Self) -> Bool {
    left.primary != right.primary
      ? left.primary < right.primary : left.secondary < right.secondary
  }
}

/// The place of a document in the input, which no worker and no memory changes.
package struct DocumentPosition: Sendable, Equatable {
  /// The task that encoded it.
  package var task: Int
  /// Its number among those of the task.
  package var row: Int

  package init(task: Int, row: Int) {
    self.task = task
    self.row = row
  }

  /// Ascending in the order of the input.
  var number: UInt64 { UInt64(task) << 40 | UInt64(row) }
}

/// How documents are ordered.
///
/// A shuffle sorts by XXH64 of position and copy under the seed: hashes of different inputs are as
/// independent draws, so every permutation is as likely as any other. A curriculum sorts by a rank that
/// comes from a number, ties by that hash or by position; otherwise copies follow each other in the
/// order of the input, the first of all documents first.
package struct OrderRule: Sendable {
  private let isShuffled: Bool
  private let hasRanks: Bool
  private let isDescending: Bool
  private let seed: UInt64

  package init(_ settings: OrderSettings, seed: UInt64) {
    isShuffled = settings.shuffle
    hasRanks = !settings.by.isEmpty
    isDescending = settings.direction == .descending
    self.seed = seed
  }

  /// True when keys are spread evenly over all numbers of 64 bits.
  var isUniform: Bool { isShuffled && !hasRanks }
  /// True when all copies of a document stand together, but for ties.
  var keepsCopiesTogether: Bool { hasRanks }

  /// The rank of documents without a number: behind all others.
  package static let noRank = UInt64.max

  /// Ascending in the order that the rule asks for; nil and not-a-number come last.
  package func rank(_ value: Double?) -> UInt64 {
    guard let value, !value.isNaN else { return Self.noRank }
    // Adding zero makes one of the two zeros; then the bits of a number are as ordered as the number.
    let bits = (value + 0).bitPattern
    let ascending = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    // The greatest bits are those of not-a-number, so none of the two directions gives `noRank`.
    return isDescending ? ~ascending : ascending
  }

  func key(_ position: DocumentPosition, copy: Int, rank: UInt64) -> OrderKey {
    if hasRanks {
      return OrderKey(
        primary: rank, secondary: isShuffled ? hash(position, copy) : position.number)
    }
    return OrderKey(
      primary: isShuffled ? hash(position, copy) : UInt64(copy), secondary: position.number)
  }

  /// The order in which a part of an epoch is chosen: another one than that of the shuffle.
  func choice(_ position: DocumentPosition) -> UInt64 { hash(position, Self.choiceMark) }

  private static let choiceMark = Int.max

  private func hash(_ position: DocumentPosition, _ copy: Int) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    bytes.append(littleEndian: position.number)
    bytes.append(littleEndian: UInt64(copy))
    return XXH64.hash(bytes.span, seed: seed)
  }
}
