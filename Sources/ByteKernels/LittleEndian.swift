// Inlinable, so that hot loops in other targets pay for the load or store and nothing else.

/// The same bytes for loads of any width.
extension Span<UInt8> {
  @inlinable
  package var raw: RawSpan {
    @_lifetime(copy self)
    get {
      // SAFETY: bytes have no padding, so every byte of the span may be read.
      unsafe bytes
    }
  }
}

/// Little-endian loads at any alignment; an offset past the end traps.
extension RawSpan {
  @inlinable @inline(__always)
  package func load8(_ offset: Int) -> UInt8 { checkedLoad(offset) }

  @inlinable @inline(__always)
  package func load16(_ offset: Int) -> UInt16 { UInt16(littleEndian: checkedLoad(offset)) }

  @inlinable @inline(__always)
  package func load32(_ offset: Int) -> UInt32 { UInt32(littleEndian: checkedLoad(offset)) }

  @inlinable @inline(__always)
  package func load64(_ offset: Int) -> UInt64 { UInt64(littleEndian: checkedLoad(offset)) }

  @inlinable @inline(__always)
  func checkedLoad<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> Value {
    // SAFETY: the load itself checks the bounds; integers have no invalid bit patterns.
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self)
  }
}

/// Little-endian integers at the end of a byte array.
extension [UInt8] {
  @inlinable @inline(__always)
  package mutating func append(littleEndian value: some FixedWidthInteger) {
    var rest = value
    for _ in 0..<(value.bitWidth / 8) {
      append(UInt8(truncatingIfNeeded: rest))
      rest = rest &>> 8
    }
  }

  /// Appends many numbers at once.
  package mutating func append(littleEndian values: Span<UInt32>) {
    if UInt32(1).littleEndian == 1 {
      // SAFETY: numbers are read as the bytes they are, which are in the right order here.
      unsafe values.withUnsafeBytes { unsafe append(contentsOf: $0) }
    } else {
      for index in values.indices { append(littleEndian: values[index]) }
    }
  }
}

/// The bytes that numbers are in memory.
extension Span<UInt32> {
  @inlinable
  package var raw: RawSpan {
    @_lifetime(copy self)
    get {
      // SAFETY: integers have no padding, so every byte of the span may be read.
      unsafe bytes
    }
  }
}
