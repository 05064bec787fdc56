internal import ByteKernels

/// Hands the bytes of an archive's member to the stream that reads the member.
///
/// The archive's own stream is lent to it for as long as the member's reader is asked.
final class MemberFeed: StreamFeed {
  /// The archive says itself what is wrong with it.
  let failure: ShardError? = nil

  private var archive: ShardStream?
  private(set) var remainingByteCount = 0
  /// True once the archive ended, or was damaged, inside the member.
  private(set) var isCut = false

  func begin(byteCount: Int) {
    (remainingByteCount, isCut) = (byteCount, false)
  }

  func lend(_ stream: consuming ShardStream) {
    archive = consume stream
  }

  func takeBack() -> ShardStream {
    guard let stream = archive.take() else {
      preconditionFailure("only what is lent is taken back")
    }
    return stream
  }

  /// Appends up to `limit` bytes and returns how many came; 0 means the end.
  func read(into buffer: inout ByteBuffer, limit: Int) throws(FileError) -> Int {
    if remainingByteCount == 0 { return 0 }
    let count = archive?.move(into: &buffer, limit: min(limit, remainingByteCount)) ?? 0
    remainingByteCount -= count
    if count == 0 {
      isCut = true
      throw FileError.ofFeed("")
    }
    return count
  }
}
