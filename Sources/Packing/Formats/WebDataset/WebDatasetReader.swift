internal import ByteKernels
internal import Documents

/// Reads a tar archive whose members are JSON arrays of tokens, gzip-compressed or plain.
final class WebDatasetReader: TokenShardReader {
  let path: String
  let tokenTypeName = "json"

  private let file: RandomAccessFile
  private let index: TarIndex
  private let members: [TarIndex.Member]
  private var countedTokens = CountedTokens()
  private let decoder = GzipDecoder()

  /// More bytes are no sequence.
  private static let maximumByteCount = 1 << 28
  private static let pieceSize = 1 << 18

  init(path: String) throws(TokenShardError) {
    self.path = path
    do throws(FileError) { file = try RandomAccessFile(path: path) } catch { throw .file(error) }
    do throws(ShardError) { index = try TarIndex(file) } catch {
      throw .malformed(path: path, byteOffset: error.byteOffset, .wrongHeader(error.message))
    }
    members = index.members.filter { Self.isSequence($0.name) }
  }

  static func isSequence(_ name: String) -> Bool {
    name.hasSuffix(WebDatasetLayout.memberEnding) || name.hasSuffix(".json")
  }

  var sequenceCount: Int { members.count }

  /// Counted by reading all sequences.
  var tokenCount: Int {
    get throws(TokenShardError) {
      try countedTokens.count(of: self)
    }
  }

  func read(_ sequence: Int, into target: inout PackedSequence) throws(TokenShardError) {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    let member = members[sequence]
    let text = try text(of: member, sequence)
    switch JSONNumbers.parse(text.span) {
    case .numbers(let tokens): target.tokens = tokens
    case .impossible(let position):
      throw fault(member, .impossibleToken(sequence: sequence, position: position))
    case .malformed:
      throw fault(
        member, .wrongSequence(sequence, "\(member.name) is no JSON array of whole numbers"))
    }
    target.pieces = [.init(document: PackedSequence.number(sequence), count: target.tokens.count)]
    target.lossMask = []
  }

  /// Reads every sequence, and checks that the archive has its end.
  func verify() throws(TokenShardError) {
    var target = PackedSequence()
    for sequence in 0..<sequenceCount { try read(sequence, into: &target) }
    guard index.isEnded else {
      throw .malformed(
        path: path, byteOffset: file.byteCount,
        .truncated(byteCount: file.byteCount, expected: index.byteCount + 1024))
    }
  }

  private func text(
    of member: TarIndex.Member, _ sequence: Int
  ) throws(TokenShardError) -> [UInt8] {
    guard member.byteCount <= Self.maximumByteCount else {
      throw fault(member, .wrongSequence(sequence, "\(member.byteCount) bytes are no sequence"))
    }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try file.read(at: member.byteOffset, count: member.byteCount)
    } catch { throw .file(error) }
    guard bytes.count == member.byteCount else {
      throw fault(member, .truncated(byteCount: file.byteCount, expected: index.byteCount))
    }
    guard member.name.hasSuffix(".gz") else { return bytes }
    guard let unpacked = unpacked(bytes) else {
      let problem =
        "\(member.name) is no whole gzip member of at most \(Self.maximumByteCount) bytes"
      throw fault(member, .wrongSequence(sequence, problem))
    }
    return unpacked
  }

  /// Nil when it is not gzip, damaged, cut, or too long.
  private func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    var output = ByteBuffer(capacity: Self.pieceSize)
    var offset = 0
    while output.count <= Self.maximumByteCount {
      let step = decoder.decode(
        bytes.span.extracting(offset...), into: &output, limit: Self.pieceSize)
      offset += step.consumedByteCount
      switch step.outcome {
      case .needsSpace: continue
      case .finishedUnit: return offset == bytes.count ? Self.copy(output) : nil
      case .needsInput, .failed:
        decoder.reset()
        return nil
      }
    }
    decoder.reset()
    return nil
  }

  private static func copy(_ buffer: borrowing ByteBuffer) -> [UInt8] {
    [UInt8](copying: buffer.bytes)
  }

  private func fault(
    _ member: TarIndex.Member, _ fault: TokenShardError.Fault
  ) -> TokenShardError {
    .malformed(path: path, byteOffset: member.byteOffset, fault)
  }
}
