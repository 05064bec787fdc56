internal import ByteKernels

/// Reads Parquet: recognises it, opens the file behind the stream, and leaves it to
/// `ParquetFileReader`.
struct ParquetReader: RecordSource {
  static let name = "parquet"
  static let endings = [".parquet", ".pq", ".parq"]

  static func begins(_ head: Span<UInt8>) -> Bool {
    head.has(ParquetFooter.magic) || head.has(ParquetFooter.encryptedMagic)
  }

  static func cutRule(_ settings: ReadSettings) -> CutRule { .rowGroups }

  private let settings: ReadSettings
  private let baseName: String
  private var file: ParquetFileReader?
  private var isRefused = false

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
  }

  var accountedByteCount: Int? { file?.accountedByteCount }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if let file { return file.next() }
    if isRefused { return nil }
    switch ParquetInput.open(&stream) {
    case .success(let input):
      let reader = ParquetFileReader(
        input, path: stream.path, settings: settings, baseName: baseName, slice: stream.slice)
      file = reader
      return reader.next()
    case .failure(let error):
      _ = stream.abandon()
      isRefused = true
      return .damaged(error, lostByteCount: stream.decodedByteCount)
    }
  }
}
