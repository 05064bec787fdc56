internal import ByteKernels
internal import QualityModel
internal import TextAnalysis

/// Hashes terms, one a line, as Spark ML's HashingTF does.
package enum TermHashing {
  private static let blockByteCount = 1 << 18

  /// Writes one index a line to standard output for each line of `input`; `-` is standard input.
  ///
  /// A term is everything up to a line feed; after the last one there is only a term when bytes follow.
  package static func run(input: String, featureCount: Int) throws {
    let hashing = HashingTF(featureCount: featureCount)
    let file = try InputFile(path: input)
    let output = try OutputFile(path: "-", isChecksummed: false)
    var bytes: [UInt8] = []
    while true {
      // No line feed is in the bytes kept from before: a long line is looked through once.
      var searched = bytes.count
      let isAtEnd = try file.read(into: &bytes, limit: blockByteCount) == 0
      var start = 0
      while let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        try write(hashing.index(bytes.span.extracting(start..<end)), to: output)
        start = end + 1
        searched = start
      }
      if start > 0 { bytes.removeSubrange(..<start) }
      if isAtEnd { break }
    }
    if !bytes.isEmpty { try write(hashing.index(bytes.span), to: output) }
    _ = try output.publish()
  }

  private static func write(_ index: Int, to output: OutputFile) throws(FileError) {
    try output.write(Array("\(index)\n".utf8))
  }
}
