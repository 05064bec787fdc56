internal import ByteKernels

/// Token ids to little-endian bytes and back, whole buffers at a time.
enum TokenBytes {
  /// Writes ids as 16-bit integers from `offset` on and returns the largest id seen, 0 for none.
  ///
  /// An id above 65,535 loses its upper bits; the caller looks at the result.
  static func store16(_ tokens: Span<UInt32>, in buffer: inout [UInt8], at offset: Int) -> UInt32 {
    store(tokens, as: UInt16.self, in: &buffer, at: offset)
  }

  /// Writes ids as 32-bit integers from `offset` on and returns the largest id seen, 0 for none.
  static func store32(_ tokens: Span<UInt32>, in buffer: inout [UInt8], at offset: Int) -> UInt32 {
    store(tokens, as: UInt32.self, in: &buffer, at: offset)
  }

  /// Reads ids, and finds the first integer that is negative or above 32 bits.
  static func load(
    _ bytes: RawSpan, as type: TokenType
  ) -> (ids: [UInt32], firstImpossible: Int?) {
    switch type {
    case .uint8: load(bytes, as: UInt8.self)
    case .int8: load(bytes, as: Int8.self)
    case .uint16: load(bytes, as: UInt16.self)
    case .int16: load(bytes, as: Int16.self)
    case .uint32: load(bytes, as: UInt32.self)
    case .int32: load(bytes, as: Int32.self)
    case .uint64: load(bytes, as: UInt64.self)
    case .int64: load(bytes, as: Int64.self)
    }
  }

  @inline(__always)
  private static func store<Token: FixedWidthInteger & BitwiseCopyable>(
    _ tokens: Span<UInt32>, as _: Token.Type, in buffer: inout [UInt8], at offset: Int
  ) -> UInt32 {
    let width = MemoryLayout<Token>.size
    precondition(offset >= 0 && tokens.count <= (buffer.count - offset) / width, "no room")
    var largest: UInt32 = 0
    // SAFETY: the space from `offset` holds every token, checked above; the stores need no alignment.
    unsafe buffer.withUnsafeMutableBytes { space in
      guard let base = space.baseAddress else { return }
      unsafe tokens.withUnsafeBufferPointer { source in
        let target = unsafe base + offset
        for position in 0..<source.count {
          let id = unsafe source[position]
          largest = max(largest, id)
          let token = Token(truncatingIfNeeded: id).littleEndian
          unsafe target.storeBytes(of: token, toByteOffset: position &* width, as: Token.self)
        }
      }
    }
    return largest
  }

  @inline(__always)
  private static func load<Token: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: RawSpan, as _: Token.Type
  ) -> (ids: [UInt32], firstImpossible: Int?) {
    let width = MemoryLayout<Token>.size
    let count = bytes.byteCount / width
    var isPossible = true
    // SAFETY: `count` whole tokens lie in the span, and exactly that many elements are initialised.
    let ids = unsafe [UInt32](unsafeUninitializedCapacity: count) { space, initialized in
      unsafe bytes.withUnsafeBytes { source in
        for position in 0..<count {
          let token = unsafe Token(
            littleEndian: source.loadUnaligned(fromByteOffset: position &* width, as: Token.self))
          let id = UInt32(truncatingIfNeeded: token)
          isPossible = isPossible && Token(truncatingIfNeeded: id) == token && token >= 0
          unsafe (space.baseAddress.unsafelyUnwrapped + position).initialize(to: id)
        }
      }
      initialized = count
    }
    guard !isPossible else { return (ids, nil) }
    let first = (0..<count).first { position in
      // SAFETY: as above.
      let token = unsafe Token(
        littleEndian: bytes.unsafeLoadUnaligned(
          fromByteOffset: position &* width, as: Token.self))
      return UInt32(exactly: token) == nil
    }
    return (ids, first)
  }
}
