internal import CKernels
internal import TextAnalysis

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
    let (featureCount, keepsCounts) = (self.featureCount, self.keepsCounts)
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
  mutating func drain(_ body: (_ feature: Int, _ count: UInt32) -> Void) {
    takeFeatures(wanted: nil) { sink, features, first, _ in
      for index in features.indices {
        let feature = unsafe first &+ Int(features[unchecked: index])
        body(feature, sink.takeCount(feature))
      }
    }
  }

  /// The sum of weight times value over all features, added in ascending order, and the sum of the
  /// squared counts, for a table of one row; leaves the set empty.
  mutating func takeProduct(_ table: WeightTable) -> (sum: Double, sumOfSquares: Double) {
    precondition(table.featureCount == featureCount, "a table for the same features")
    precondition(table.rowCount == 1, "a table of one row")
    if !table.inverseDocumentFrequencies.isEmpty {
      let (sums, sumOfSquares) = takeProducts(table)
      return (sums[0], sumOfSquares)
    }
    var sum = 0.0
    var squareSum: UInt64 = 0
    let keepsCounts = self.keepsCounts
    unsafe table.weights.withUnsafeBufferPointer { weights in
      takeFeatures(wanted: keepsCounts ? nil : table.marks) { sink, features, first, markedCount in
        squareSum &+= UInt64(markedCount)
        for index in features.indices {
          // SAFETY: features of the set stay below the feature count, which the table shares.
          let feature = unsafe first &+ Int(features[unchecked: index])
          let weight = unsafe weights[feature]
          if keepsCounts {
            let count = UInt64(sink.takeCount(feature))
            squareSum &+= count &* count &- 1
            sum += weight * Double(count)
          } else {
            sum += weight
          }
        }
      }
    }
    return (sum, Double(squareSum))
  }

  /// Calls `body` for each stretch of 4,096 features that has some: with those in the set and in `wanted`, all
  /// when it is nil, ascending and counted from the first of the stretch, and with the number of all that
  /// were in the set; leaves the set empty but for the counts.
  @inline(__always)
  private mutating func takeFeatures(
    wanted: [UInt64]?,
    _ body: (
      _ sink: FeatureSink, _ features: Span<UInt32>, _ first: Int, _ markedCount: Int
    ) -> Void
  ) {
    var found = InlineArray<4096, UInt32>(repeating: 0)
    var room = found.mutableSpan
    unsafe room.withUnsafeMutableBufferPointer { found in
      unsafe (wanted ?? []).withUnsafeBufferPointer { wanted in
        fill { sink in
          guard let features = found.baseAddress else { return }
          for upper in 0..<sink.summaryCount {
            let summary = unsafe sink.summary[upper]
            if summary == 0 { continue }
            unsafe sink.summary[upper] = 0
            // SAFETY: a summary bit is set only for a mark word that exists, and `wanted` has a word for each;
            // where there is none the marks stand for it.
            let marks = unsafe sink.marks + 64 &* upper
            let filter = wanted.isEmpty ? nil : wanted.baseAddress
            let taken = unsafe ck_take_features(
              summary, marks, filter.map { unsafe $0 + 64 &* upper } ?? UnsafePointer(marks),
              features)
            let list = unsafe Span(_unsafeStart: UnsafePointer(features), count: taken.found)
            body(sink, list, 4096 &* upper, taken.marked)
          }
        }
      }
    }
  }

  /// The same for each row of a table, whose sum begins with the row's number in `start`, or with 0.
  mutating func takeProducts(
    _ table: WeightTable, from start: [Double]? = nil
  ) -> (sums: [Double], sumOfSquares: Double) {
    precondition(table.featureCount == featureCount, "a table for the same features")
    let (rowCount, frequencies) = (table.rowCount, table.inverseDocumentFrequencies)
    var sums = start ?? [Double](repeating: 0, count: rowCount)
    precondition(sums.count == rowCount, "a number for each row")
    var sumOfSquares = 0.0
    drain { feature, count in
      let value = frequencies.isEmpty ? Double(count) : Double(count) * frequencies[feature]
      sumOfSquares += Double(count) * Double(count)
      for row in 0..<rowCount { sums[row] += table.weights[feature * rowCount + row] * value }
    }
    return (sums, sumOfSquares)
  }
}

/// Where the scanners put features: pointers into a `FeatureSet`, for the time of one call.
@safe
struct FeatureSink {
  let marks: UnsafeMutablePointer<UInt64>
  let summary: UnsafeMutablePointer<UInt64>
  let counts: UnsafeMutablePointer<UInt32>?
  let featureCount: UInt64

  var summaryCount: Int { (Int(truncatingIfNeeded: featureCount) &+ 4095) / 4096 }

  /// How often a feature of the set occurs, 1 when counts are not kept; clears its count.
  @inline(__always)
  func takeCount(_ feature: Int) -> UInt32 {
    guard let counts = unsafe counts else { return 1 }
    // SAFETY: the feature is one of the set's.
    let count = unsafe counts[feature]
    unsafe counts[feature] = 0
    return count
  }

  /// Adds the feature that a well-mixed 64-bit hash stands for.
  @inline(__always)
  func add(hash: UInt64) {
    add(feature: Self.feature(hash: hash, featureCount: featureCount), times: 1)
  }

  /// The feature that a well-mixed 64-bit hash stands for, by its upper half.
  @inline(__always)
  static func feature(hash: UInt64, featureCount: UInt64) -> Int {
    // The product of two numbers below 2^32, shifted, is below featureCount.
    Int(truncatingIfNeeded: ((hash &>> 32) &* featureCount) &>> 32)
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
