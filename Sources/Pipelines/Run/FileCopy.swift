internal import ByteKernels

/// A file written again under another name.
enum FileCopy {
  /// Publishes at `target` what the file at `source` holds.
  static func publish(
    _ source: String, to target: String
  ) throws(FileError) -> OutputFile.Published {
    let input = try InputFile(path: source)
    let output = try OutputFile(path: target)
    var bytes: [UInt8] = []
    while try input.read(into: &bytes, limit: 1 << 20) > 0 {
      try output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    return try output.publish()
  }
}
