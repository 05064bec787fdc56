@testable import Deduplication

/// What the simplifier makes of a text, for looking at.
enum SimplifiedText {
  static func bytes(of text: [UInt8]) -> [UInt8] {
    var simplifier = TextSimplifier()
    let capacity = TextSimplifier.capacity(for: text.count)
    // SAFETY: both buffers are as long as the simplifier asks for.
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      guard let base = output.baseAddress else { return }
      unsafe text.withUnsafeBufferPointer { input in
        if let start = input.baseAddress {
          count = unsafe simplifier.simplify(start, count: input.count, into: base)
        }
      }
    }
  }
}
