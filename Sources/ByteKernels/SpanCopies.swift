/// Arrays from spans, in one copy.
extension [UInt8] {
  package init(copying bytes: Span<UInt8>) {
    // SAFETY: the buffer is copied inside the closure.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }

  package mutating func append(copying bytes: Span<UInt8>) {
    // SAFETY: the buffer is copied inside the closure.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// The bytes as UTF-8, with U+FFFD where they are not.
  package init(repairing bytes: Span<UInt8>) {
    // SAFETY: the buffer is copied inside the closure.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
