package import ByteKernels

/// Where the regular files of a tar archive stand in it.
///
/// Takes about 64 bytes a file. Of files with holes nothing is told; links and folders are passed over.
package struct TarIndex {
  package struct Member: Sendable, Equatable {
    package let name: String
    /// Of its first byte, behind its header.
    package let byteOffset: Int
    package let byteCount: Int
  }

  package private(set) var members: [Member] = []
  /// False for an archive without the empty block behind its last member, which may have been cut.
  package private(set) var isEnded = false
  /// Where the last member ends, with its padding.
  package private(set) var byteCount = 0

  private static let maximumExtensionByteCount = 1 << 20

  /// Reads the headers up to the archive's end, or up to `maximumCount` files.
  package init(
    _ file: RandomAccessFile, maximumCount: Int = .max
  ) throws(ShardError) {
    var global = PaxRecords()
    var records: PaxRecords?
    var offset = 0
    while members.count < maximumCount {
      let block = try Self.read(file, offset, TarHeader.blockByteCount)
      if block.isEmpty { break }
      guard block.count == TarHeader.blockByteCount else {
        throw Self.error(.truncated, file, offset, "the archive ends inside a header")
      }
      if block.allSatisfy({ $0 == 0 }) {
        isEnded = true
        break
      }
      guard let header = TarHeader(block.span), header.byteCount >= 0 else {
        throw Self.error(.corrupt, file, offset, "no header of a tar archive")
      }
      let start = offset + TarHeader.blockByteCount
      let size = (records ?? global).byteCount ?? header.byteCount
      let isExtension = [.pax, .globalPax, .longName, .longLink].contains(header.kind)
      let byteCount = isExtension ? header.byteCount : header.kind == .file ? size : 0
      guard byteCount >= 0, byteCount <= file.byteCount - start else {
        throw Self.error(.truncated, file, offset, "the archive ends inside a file")
      }
      if isExtension {
        try Self.extend(header, file, start, &global, &records)
      } else {
        let extended = records ?? global
        records = nil
        if header.kind == .file, !extended.isSparse {
          let name = String(decoding: extended.path ?? header.name, as: UTF8.self)
          members.append(Member(name: name, byteOffset: start, byteCount: byteCount))
        }
      }
      offset = start + TarHeader.paddedByteCount(byteCount)
      self.byteCount = offset
    }
  }

  /// Takes in what an extended header says.
  private static func extend(
    _ header: TarHeader, _ file: RandomAccessFile, _ start: Int, _ global: inout PaxRecords,
    _ records: inout PaxRecords?
  ) throws(ShardError) {
    guard header.byteCount <= maximumExtensionByteCount else {
      throw error(.corrupt, file, start, "an extended header of \(header.byteCount) bytes")
    }
    let data = try read(file, start, header.byteCount)
    var extended = header.kind == .globalPax ? global : records ?? global
    switch header.kind {
    case .pax, .globalPax:
      guard extended.add(data.span) else {
        throw error(.corrupt, file, start, "an extended header that is not well formed")
      }
    case .longName: extended.path = Array(data.prefix { $0 != 0 })
    default: break
    }
    if header.kind == .globalPax { global = extended } else { records = extended }
  }

  private static func read(
    _ file: RandomAccessFile, _ offset: Int, _ count: Int
  ) throws(ShardError) -> [UInt8] {
    do { return try file.read(at: offset, count: count) } catch let failure {
      throw error(.unreadable, file, offset, failure.reason)
    }
  }

  private static func error(
    _ kind: ShardError.Code, _ file: RandomAccessFile, _ offset: Int, _ message: String
  ) -> ShardError {
    ShardError(
      kind: kind, path: file.path, byteOffset: offset,
      message: message + "; fetch or write the file again")
  }
}
