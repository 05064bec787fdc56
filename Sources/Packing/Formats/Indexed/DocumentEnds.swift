internal import ByteKernels

/// Where the documents of a shard end, counted in tokens from its start.
protocol DocumentEnds: AnyObject {
  var count: Int { get }

  /// The end of one document, as it is stored: a damaged shard may say anything.
  func end(of document: Int) -> UInt64

  /// Where a wrong end is to be looked for.
  func fault(_ document: Int, _ fault: TokenShardError.Fault) -> TokenShardError
}

/// Ends as a mapped file of 64-bit integers holds them.
final class MappedEnds: DocumentEnds {
  private let file: MappedFile

  /// A file that ends inside a number is an error.
  init(_ path: String) throws(TokenShardError) {
    file = try MappedFile.shard(path)
    guard file.byteCount % 8 == 0 else {
      let whole = file.byteCount / 8 * 8
      throw .malformed(
        path: path, byteOffset: whole, .truncated(byteCount: file.byteCount, expected: whole + 8))
    }
  }

  var count: Int { file.byteCount / 8 }

  func end(of document: Int) -> UInt64 {
    file.withBytes { $0.raw.load64(8 * document) }
  }

  func fault(_ document: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
    .malformed(path: file.path, byteOffset: 8 * document, fault)
  }
}
