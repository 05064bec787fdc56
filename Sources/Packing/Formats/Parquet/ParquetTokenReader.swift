internal import ByteKernels
internal import Documents

/// Reads a Parquet file of any writer whose rows have a list of tokens, `input_ids` or `tokens`.
///
/// `document_ids` and `labels` are read where they are there and as long as the tokens. Faults of a row
/// name the first byte of its row group, since pages are compressed.
final class ParquetTokenReader: TokenShardReader {
  let path: String
  let tokenTypeName = "int32"
  var sequenceCount: Int { file.rowCount }
  var tellsDocuments: Bool { documentIDs != nil }

  private let file: ParquetListReader
  private let tokens: Int
  private let documentIDs: Int?
  private let labels: Int?
  private var countedTokens = CountedTokens()

  init(path: String) throws(TokenShardError) {
    self.path = path
    do throws(ShardError) { file = try ParquetListReader(path: path) } catch {
      throw Self.fault(error)
    }
    let names = file.columns
    guard let column = names.firstIndex(of: ParquetLayout.tokens) ?? names.firstIndex(of: "tokens")
    else {
      let problem = "no column input_ids or tokens with lists of integers"
      throw .malformed(path: path, byteOffset: 0, .wrongHeader(problem))
    }
    tokens = column
    documentIDs = names.firstIndex(of: ParquetLayout.documentIDs)
    labels = names.firstIndex(of: ParquetLayout.labels)
  }

  /// Counted by reading all rows: what the footer counts are elements, of which an empty list has one.
  var tokenCount: Int {
    get throws(TokenShardError) {
      try countedTokens.count(of: self)
    }
  }

  func read(_ sequence: Int, into target: inout PackedSequence) throws(TokenShardError) {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    let lists: [[Int]?]
    do throws(ShardError) { lists = try file.row(sequence) } catch { throw Self.fault(error) }
    guard let numbers = lists[tokens] else {
      throw .malformed(
        path: path, byteOffset: file.byteOffset(ofRow: sequence),
        .wrongSequence(sequence, "null instead of a list of tokens"))
    }
    target.tokens.removeAll(keepingCapacity: true)
    for (position, number) in numbers.enumerated() {
      guard let token = UInt32(exactly: number) else {
        throw .malformed(
          path: path, byteOffset: file.byteOffset(ofRow: sequence),
          .impossibleToken(sequence: sequence, position: position))
      }
      target.tokens.append(token)
    }
    target.pieces = [.init(document: PackedSequence.number(sequence), count: numbers.count)]
    if let ids = bits(lists, documentIDs, count: numbers.count) {
      target.pieces = PackedSequence.pieces(ofSegments: ids)
    }
    target.lossMask =
      bits(lists, labels, count: numbers.count).map {
        PackedSequence.lossMask(labels: $0, pieces: target.pieces)
      } ?? []
  }

  /// Reads everything, and checks that the pages hold the rows that the footer declares.
  func verify() throws(TokenShardError) {
    do throws(ShardError) { try file.verify() } catch { throw Self.fault(error) }
    var target = PackedSequence()
    for sequence in 0..<sequenceCount { try read(sequence, into: &target) }
  }

  /// The bit patterns of a column's list; nil when there is none of this length.
  private func bits(_ lists: [[Int]?], _ column: Int?, count: Int) -> [UInt32]? {
    guard let column, let list = lists[column], list.count == count else { return nil }
    return list.map { UInt32(truncatingIfNeeded: $0) }
  }

  private static func fault(_ error: ShardError) -> TokenShardError {
    .malformed(path: error.path, byteOffset: error.byteOffset, .wrongHeader(error.message))
  }
}
