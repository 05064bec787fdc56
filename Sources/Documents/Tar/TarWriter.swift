package import ByteKernels

/// Writes a tar archive of small files (ustar, POSIX.1-1988), with nothing in it of host, user or time.
package final class TarWriter {
  private let file: OutputFile
  private static let recordByteCount = 10_240

  package init(path: String) throws(FileError) {
    file = try OutputFile(path: path)
  }

  /// Adds a file; the name has at most 100 bytes.
  package func append(name: String, _ data: [UInt8]) throws(FileError) {
    try file.write(Self.header(name: name, byteCount: data.count))
    try file.write(data)
    let padding = TarHeader.paddedByteCount(data.count) - data.count
    try file.write([UInt8](repeating: 0, count: padding))
  }

  /// Ends the archive with two empty blocks, and fills it up to whole records of 10,240 bytes.
  package func publish() throws(FileError) -> OutputFile.Published {
    let end = file.byteCount + 2 * TarHeader.blockByteCount
    let whole = (end + Self.recordByteCount - 1) / Self.recordByteCount * Self.recordByteCount
    try file.write([UInt8](repeating: 0, count: whole - file.byteCount))
    return try file.publish()
  }

  private static func header(name: String, byteCount: Int) -> [UInt8] {
    precondition(name.utf8.count <= 100 && byteCount < 1 << 33, "fits into a header of ustar")
    var block = [UInt8](repeating: 0, count: TarHeader.blockByteCount)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<(offset + text.utf8.count), with: Array(text.utf8))
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put(octal(0o444, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(byteCount, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar\0" + "00", at: TarHeader.magicOffset)
    put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
    return block
  }
}
