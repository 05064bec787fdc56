/// Whole texts rewritten for the cutting of shingles.
@safe enum WholeTexts {
  /// The words that `TextSimplifier` makes, each followed by one space but the last.
  static func words(of text: Span<UInt8>, keepsCase: Bool) -> [UInt8] {
    var simplifier = TextSimplifier(keepsCase: keepsCase)
    let capacity = TextSimplifier.capacity(for: text.count)
    // SAFETY: the output has the room that the simplifier asks for; `kept` never overtakes `place`.
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      unsafe text.withUnsafeBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        let written = unsafe simplifier.simplify(input, count: text.count, into: output)
        var kept = 0
        for place in 0..<written {
          let byte = unsafe output[place]
          if byte == UInt8(ascii: " ") {
            if kept == 0 { continue }
            if unsafe output[kept - 1] == UInt8(ascii: " ") { continue }
          }
          unsafe output[kept] = byte
          kept += 1
        }
        if kept > 0, unsafe output[kept - 1] == UInt8(ascii: " ") { kept -= 1 }
        count = kept
      }
    }
  }

  /// The text with each code point in lower case by its simple mapping; bytes that are not UTF-8 stay.
  static func lowercase(_ text: Span<UInt8>) -> [UInt8] {
    let table = WordClassTable.shared
    // A letter may grow from two bytes to three.
    return unsafe [UInt8](unsafeUninitializedCapacity: 2 * text.count + 4) { output, written in
      unsafe text.withUnsafeBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        var read = 0
        while read < text.count {
          // SAFETY: decode is told how many bytes are left; what it gives is below 0x110000 and takes
          // at most one byte and a half for each one read.
          let (scalar, length) = unsafe decode(input + read, text.count - read)
          let entry = table.entries[
            Int(table.blockNumbers[Int(scalar >> 7)]) * 128 + Int(scalar & 127)]
          if length == 1, scalar >= 0x80 {
            unsafe output[written] = input[read]
            written += 1
          } else {
            let lower = UInt32(truncatingIfNeeded: Int32(truncatingIfNeeded: scalar) + (entry >> 2))
            written += unsafe encode(lower, output + written)
          }
          read += length
        }
      }
    }
  }
}
