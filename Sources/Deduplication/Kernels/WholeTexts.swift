internal import TextAnalysis

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

  /// What SlimPajama makes of a text: Python's lower case, ASCII punctuation left out, runs of white
  /// space as one space, none at the ends; bytes that are not UTF-8 stay.
  ///
  /// Source: `get_features` in dedup/to_hash.py of Cerebras' Model Zoo.
  static func slimPajama(_ text: Span<UInt8>) -> [UInt8] {
    let table = WordClassTable.shared
    let sigmas = DatatroveSimplifier()
    // A letter of two bytes may become three.
    return unsafe [UInt8](unsafeUninitializedCapacity: 2 * text.count + 4) { output, written in
      unsafe text.withUnsafeBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        var read = 0
        var isBehindSpace = false
        while read < text.count {
          // SAFETY: decode is told how many bytes are left; what is written for a code point, and the
          // space before it for one that was read, is at most twice as long.
          let (scalar, length) = unsafe decode(input + read, text.count - read)
          let start = read
          read += length
          if isASCIIPunctuation(scalar) { continue }
          if ScalarProperties(of: scalar).isWhiteSpace {
            isBehindSpace = written > 0
            continue
          }
          if isBehindSpace {
            unsafe output[written] = UInt8(ascii: " ")
            written += 1
            isBehindSpace = false
          }
          if length == 1, scalar >= 0x80 {
            unsafe output[written] = input[start]
            written += 1
          } else if scalar == 0x130 {
            written += unsafe encode(0x69, output + written)
            written += unsafe encode(0x307, output + written)
          } else if scalar == 0x3A3 {
            let isFinal = unsafe sigmas.isFinalSigma(input, start, text.count)
            written += unsafe encode(isFinal ? 0x3C2 : 0x3C3, output + written)
          } else {
            written += unsafe encode(table.lowercase(scalar), output + written)
          }
        }
      }
    }
  }

  /// Whether Python's `string.punctuation` has the code point.
  private static func isASCIIPunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
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
          if length == 1, scalar >= 0x80 {
            unsafe output[written] = input[read]
            written += 1
          } else {
            written += unsafe encode(table.lowercase(scalar), output + written)
          }
          read += length
        }
      }
    }
  }
}
