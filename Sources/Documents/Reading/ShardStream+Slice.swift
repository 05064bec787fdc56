internal import ByteKernels

extension ShardStream {
  var beginsInsideFile: Bool { slice.lowerBound > 0 }
  /// True when the stream ended where the slice does, not the file.
  var endsAtCut: Bool { stopsAtSliceEnd && sliceEnd.map { decodedByteCount >= $0 } ?? false }
  /// True behind the slice's end, and behind an entry that begins right there.
  var isPastSlice: Bool { sliceEnd.map { byteOffset > $0 } ?? false }

  /// Passes over the first line, which the slice before this one reads to its end, as far as it
  /// reaches into this one; returns its byte count.
  ///
  /// A line that begins right where a slice does is read by the one before too, since neither knows
  /// what the other ends or begins with.
  mutating func passFirstLine() -> Int {
    while true {
      if let newline = bytes.firstOffset(of: UInt8(ascii: "\n")) {
        consume(newline + 1)
        return byteOffset
      }
      consume(availableByteCount)
      if isPastSlice || !fill() { return byteOffset }
    }
  }

  /// Notes where the slice ends; true when that interrupts the stream.
  mutating func endSlice(_ codec: ShardCodec) -> Bool {
    let isWrong = sliceEnd == nil && cursor > slice.upperBound && !isRecovering
    sliceEnd = sliceEnd ?? decodedByteCount
    if isWrong {
      let message = ShardError.wrongCut(unitName: codec.unitName, nextUnit: cursor)
      damage(.wrongCut, at: slice.upperBound, message, lostByteCount: 0)
      return true
    }
    isBehindSlice = true
    if stopsAtSliceEnd { interruption = .ended }
    return stopsAtSliceEnd
  }

  /// Gives up to `limit` bytes to `buffer`; returns how many, 0 before an interruption.
  mutating func move(into buffer: inout ByteBuffer, limit: Int) -> Int {
    if availableByteCount == 0, !fill() { return 0 }
    let byteCount = min(limit, availableByteCount)
    buffer.append(bytes.extracting(0..<byteCount))
    consume(byteCount)
    return byteCount
  }
}
