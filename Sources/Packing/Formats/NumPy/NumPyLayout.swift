package import ByteKernels

/// NumPy's own `.npy`, version 1.0: one array of `[sequences, length]`, which `numpy.load` maps.
///
/// Ids are `<u2` up to 65,536 entries and `<u4` above. All sequences have one length, so this is a layout
/// of samples. OLMo's files have the same ending and no header.
package enum NumPyLayout: TokenShardLayout {
  package static var sequenceKind: SequenceKind { .sample }
  package static var fileEndings: [String] { [".npy"] }

  package static func obstacle(_ description: TokenShardDescription) -> String? {
    if description.sequenceLength > 0 { return nil }
    return
      "npy is an array in which all sequences have one length; give a sequence-length, or take a "
      + "format of documents as megatron"
  }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    let type = TokenType(unsignedFor: description.vocabularySize)
    let length = description.sequenceLength
    return try FlatTokenWriter(
      path: prefix + fileEndings[0], type: type, vocabularySize: description.vocabularySize,
      headerByteCount: NumPyHeader.writtenByteCount, sequenceLength: length
    ) { sequenceCount, _ in
      NumPyHeader(type: type, rowCount: sequenceCount, columnCount: length).bytes
    }
  }

  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(".npy"), let file = try? MappedFile(path: path) else { return false }
    let magic = NumPyHeader.magic
    return file.withBytes { bytes in
      bytes.count >= magic.count && magic.indices.allSatisfy { bytes[$0] == magic[$0] }
    }
  }

  /// An array of two dimensions is read row by row, one of a single dimension as the hints say.
  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    let file = try MappedFile.shard(path)
    let header = try file.withBytes { bytes throws(TokenShardError) in
      try NumPyHeader(bytes, path: path)
    }
    guard let count = header.elementCount else {
      throw .malformed(
        path: path, byteOffset: 0, .wrongHeader("in the header: the shape fits into no file"))
    }
    try FlatTokenReader.requireSize(
      of: file, header.byteCount + count * header.type.byteCount)
    let rowLength = header.shape.count == 2 ? max(1, header.shape[1]) : nil
    return FlatTokenReader(
      file, from: header.byteCount, type: header.type, tokenCount: count,
      cut: rowLength.map { .every($0) } ?? TokenCut(hints))
  }
}
