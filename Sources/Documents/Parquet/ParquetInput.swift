internal import ByteKernels

/// The bytes of a Parquet file: on disk as they are, or what a compressed or piped one decoded to.
enum ParquetInput {
  case file(RandomAccessFile)
  case spool(SpillFile)

  var byteCount: Int {
    switch self {
    case .file(let file): file.byteCount
    case .spool(let spool): spool.byteCount
    }
  }

  /// The file behind a stream that begins with Parquet's magic.
  ///
  /// One that is compressed as a whole, or piped, is unpacked to a file without a name first,
  /// because reading begins at the end.
  static func open(_ stream: inout ShardStream) -> Result<ParquetInput, ShardError> {
    do {
      if stream.path != "-", FileSystem.status(stream.path)?.isRegularFile == true {
        let file = try RandomAccessFile(path: stream.path)
        let head = try file.read(at: 0, count: 4)
        if head == ParquetFooter.magic || head == ParquetFooter.encryptedMagic {
          return .success(.file(file))
        }
      }
      let spool = try SpillFile(besides: "\(FileSystem.temporaryFolder)/gristmill-parquet")
      repeat {
        try spool.append(stream.bytes)
        stream.consume(stream.availableByteCount)
      } while stream.fill()
      if case .damaged(let error, _)? = stream.interruption { return .failure(error) }
      return .success(.spool(spool))
    } catch {
      return .failure(
        ShardError(
          kind: .unreadable, path: stream.path, byteOffset: 0,
          message: "\(error.description); a Parquet file that is compressed or piped is unpacked "
            + "there first: free space, set TMPDIR, or unpack it yourself"))
    }
  }

  /// Reads `count` bytes; fewer is an error, since everything read lies inside the file.
  func read(at offset: Int, count: Int) throws(ParquetFault) -> [UInt8] {
    let bytes: [UInt8]
    do {
      switch self {
      case .file(let file): bytes = try file.read(at: offset, count: count)
      case .spool(let spool): bytes = try spool.read(at: offset, count: count)
      }
    } catch {
      throw ParquetFault(.unreadable, "\(error.reason); check the disk", at: offset)
    }
    guard bytes.count == count else {
      throw ParquetFault(.truncated, "the file became shorter while it was read", at: offset)
    }
    return bytes
  }
}
