internal import CKernels

/// The minima of hash functions over a text's shingles.
final class MinHasher: MinHashing {
  private let source: any ShingleSource
  private let functions: HashFunctions
  private let keepsShingles: Bool

  init(_ source: any ShingleSource, _ functions: HashFunctions, keepsShingles: Bool) {
    self.source = source
    self.functions = functions
    self.keepsShingles = keepsShingles
  }

  func sketch(of text: Span<UInt8>) -> Sketch? {
    var minima = HashFunctions.Minima(functions)
    var leastMixed = UInt64.max
    var kept: [UInt32] = []
    var isEmpty = true
    source.hash(text) { shingles in
      isEmpty = false
      functions.lower(&minima, over: shingles)
      // SAFETY: the pointer stays in the closure.
      leastMixed = unsafe shingles.withUnsafeBufferPointer { buffer in
        unsafe ck_least_mixed(buffer.baseAddress, buffer.count, leastMixed)
      }
      if keepsShingles {
        for index in shingles.indices {
          kept.append(UInt32(truncatingIfNeeded: shingles[index] >> 32))
        }
      }
    }
    if isEmpty { return nil }
    return Sketch(
      minHashes: functions.words(of: minima), sampleKey: SplitMix64.mixed(leastMixed),
      shingles: ShingleSet.distinct(&kept))
  }
}
