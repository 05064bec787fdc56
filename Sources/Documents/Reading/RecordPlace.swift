/// Where an entry begins in a shard, so that it can be found again without reading what stands
/// before it.
package struct RecordPlace: Sendable, Equatable, CustomStringConvertible {
  /// Where the compressed unit that holds the entry's first byte begins in the file; 0 in a file
  /// that is not compressed.
  package let unitOffset: Int
  /// How many decompressed bytes stand between there and the entry.
  package let byteOffset: Int

  package init(unitOffset: Int = 0, byteOffset: Int) {
    self.unitOffset = unitOffset
    self.byteOffset = byteOffset
  }

  /// The byte offset; in a later unit than the first, its offset and the one inside it:
  /// `1048576+37`.
  package var description: String {
    unitOffset == 0 ? "\(byteOffset)" : "\(unitOffset)+\(byteOffset)"
  }
}
