internal import ByteKernels

/// The head of an HTTP response.
struct HTTPMessage {
  let status: Int
  let contentType: String?
  let contentEncoding: String?
  let transferEncoding: String?
  /// Where the body begins in the block.
  let bodyOffset: Int

  private static let wanted = ["content-type", "content-encoding", "transfer-encoding"]
    .map { Array($0.utf8) }

  /// Reads the head of a response block; nil when it begins with no status line.
  ///
  /// A head without the blank line that ends it is the whole block.
  init?(_ block: Span<UInt8>) {
    guard let status = Self.status(block) else { return nil }
    self.status = status
    bodyOffset = HeaderFields.end(block, from: 0) ?? block.count
    let fields = HeaderFields(block.extracting(0..<bodyOffset), wanted: Self.wanted, firstList: 1)
      .values
    contentType = fields[0]
    contentEncoding = fields[1]
    transferEncoding = fields[2]
  }

  /// The digits after the protocol: `HTTP/1.1 200 OK`, `HTTP/2 200`, `http/1.0 200`.
  private static func status(_ block: Span<UInt8>) -> Int? {
    let prefix = Array("http/".utf8)
    guard block.count > prefix.count else { return nil }
    for offset in prefix.indices where block[offset] | 0x20 != prefix[offset] { return nil }
    var offset = prefix.count
    while offset < min(block.count, 12), block[offset] > 0x20 { offset += 1 }
    while offset < block.count, block[offset] == 0x20 { offset += 1 }
    let start = offset
    var status = 0
    while offset < min(block.count, start + 3), block[offset] &- 48 < 10 {
      status = status * 10 + Int(block[offset] - 48)
      offset += 1
    }
    return offset > start ? status : nil
  }
}
