/// The distinct features of one text and, if wanted, how often each occurs.
///
/// A bitmap with a summary above it: filling is a few instructions a feature, and reading comes in
/// ascending order without a sort. Reading empties it for the next text.
struct FeatureSet: Sendable {
  let featureCount: Int
  let keepsCounts: Bool
  /// Bit `i & 63` of word `i >> 6` is set when feature `i` occurs.
  private var marks: [UInt64]
  /// Bit `w & 63` of word `w >> 6` is set when mark word `w` is not zero.
  private var summary: [UInt64]
  /// One a feature; empty when counts are not kept.
  private var counts: [UInt32]

  init(featureCount: Int, keepsCounts: Bool) {
    self.featureCount = featureCount
    self.keepsCounts = keepsCounts
    let markCount = (featureCount + 63) / 64
    marks = Array(repeating: 0, count: markCount)
    summary = Array(repeating: 0, count: (markCount + 63) / 64)
    counts = Array(repeating: 0, count: keepsCounts ? featureCount : 0)
  }

  /// Calls `body` with a sink for features; the sink must not outlive the call.
  @inline(__always)
  mutating func fill(_ body: (FeatureSink) -> Void) {
    unsafe marks.withUnsafeMutableBufferPointer { marks in
      unsafe summary.withUnsafeMutableBufferPointer { summary in
        unsafe counts.withUnsafeMutableBufferPointer { counts in
          // SAFETY: the arrays are sized for `featureCount`, are not empty (counts apart) and are
          // held by the enclosing closures.
          guard let marks = marks.baseAddress, let summary = summary.baseAddress else { return }
          body(
            unsafe FeatureSink(
              marks: marks, summary: summary, counts: keepsCounts ? counts.baseAddress : nil,
              featureCount: UInt64(featureCount)))
        }
      }
    }
  }

  /// Calls `body` with every feature and its count (1 when counts are not kept), in ascending order,
  /// and leaves the set empty.
  @inline(__always)
  mutating func drain(_ body: (_ feature: Int, _ count: UInt32) -> Void) {
    for upper in summary.indices where summary[upper] != 0 {
      var words = summary[upper]
      summary[upper] = 0
      while words != 0 {
        let word = upper &* 64 &+ words.trailingZeroBitCount
        words &= words &- 1
        var bits = marks[word]
        marks[word] = 0
        while bits != 0 {
          let feature = word &* 64 &+ bits.trailingZeroBitCount
          bits &= bits &- 1
          if keepsCounts {
            body(feature, counts[feature])
            counts[feature] = 0
          } else {
            body(feature, 1)
          }
        }
      }
    }
  }
}

/// Where the scanners put features: pointers into a `FeatureSet`, for the time of one call.
@safe
struct FeatureSink {
  let marks: UnsafeMutablePointer<UInt64>
  let summary: UnsafeMutablePointer<UInt64>
  let counts: UnsafeMutablePointer<UInt32>?
  let featureCount: UInt64

  /// Adds the feature that a well-mixed 64-bit hash stands for.
  @inline(__always)
  func add(hash: UInt64) {
    // The product of two numbers below 2^32, shifted, is below featureCount.
    add(feature: Int(truncatingIfNeeded: ((hash &>> 32) &* featureCount) &>> 32), times: 1)
  }

  /// Adds the feature that Spark's HashingTF gives a term with this hash.
  @inline(__always)
  func add(termHash: UInt32, times: UInt32) {
    let count = Int(truncatingIfNeeded: featureCount)
    add(feature: HashingTF.index(hash: termHash, featureCount: count), times: times)
  }

  /// Adds a feature; `feature` must be below the set's feature count.
  @inline(__always)
  func add(feature: Int, times: UInt32) {
    // SAFETY: feature < featureCount, for which the three areas are sized.
    unsafe marks[feature &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: feature & 63)
    unsafe summary[feature &>> 12] |= 1 &<< UInt64(truncatingIfNeeded: (feature &>> 6) & 63)
    if let counts = unsafe counts { unsafe counts[feature] &+= times }
  }
}
