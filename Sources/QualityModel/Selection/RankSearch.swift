/// Searches one group for the rank where its best share begins, digit by digit from the highest.
///
/// Documents are taken from the highest rank down while what has been taken is less than the target;
/// the one that reaches it is the last.
struct RankSearch {
  private static let digitBitCount = 12
  private static let binCount = 1 << digitBitCount
  /// Ranks that are sorted in memory rather than counted.
  private static let sortedCount = binCount / 4

  /// What the search of a group holds at most while it runs: its ranks, or a count and a sum for each bin.
  static func byteCount(documentCount: Int) -> Int {
    let own = 2 * MemoryLayout<RankSearch>.stride + 64
    // An array grows to twice what it holds.
    return own + (documentCount <= sortedCount ? 2 * 32 * documentCount : 16 * binCount)
  }

  private let measure: SelectionSettings.Measure
  /// What is still to be taken below the ranks that are known to be in.
  private var target: Double
  /// The digits known, as the high bits of a rank; `shift` bits are not.
  private var prefix: UInt128 = 0
  private var shift = 128
  /// Documents whose rank begins with the prefix.
  private var candidateCount: Int
  private var counts: [Int] = []
  private var sums: [UInt64] = []
  private var candidates: [(rank: UInt128, byteCount: UInt64)] = []
  private(set) var isDone = false
  /// The lowest rank that is in; nil when none is.
  private(set) var minimumRank: UInt128?

  init(target: Double, documentCount: Int, measure: SelectionSettings.Measure) {
    self.target = target
    candidateCount = documentCount
    self.measure = measure
    isDone = target <= 0
  }

  private var isSorting: Bool { candidateCount <= Self.sortedCount }

  /// Adds a document to the pass.
  mutating func add(_ rank: UInt128, _ byteCount: UInt64) {
    if isDone || (shift < 128 && rank >> UInt128(shift) != prefix) { return }
    if isSorting {
      candidates.append((rank, byteCount))
      return
    }
    if counts.isEmpty {
      counts = Array(repeating: 0, count: Self.binCount)
      sums = Array(repeating: 0, count: Self.binCount)
    }
    let bin = Int(truncatingIfNeeded: rank >> UInt128(nextShift)) & (Self.binCount - 1)
    counts[bin] += 1
    sums[bin] += byteCount
  }

  private var nextShift: Int { max(0, shift - Self.digitBitCount) }

  /// Takes what the pass has shown.
  mutating func endPass() {
    if isDone { return }
    if isSorting { finish() } else { descend() }
  }

  private mutating func finish() {
    for (rank, byteCount) in candidates.sorted(by: { $0.rank > $1.rank }) {
      if target <= 0 { break }
      target -= weight(1, byteCount)
      minimumRank = rank
    }
    candidates = []
    isDone = true
  }

  /// Goes on in the bin where the target is reached, or in the last one when it is not.
  private mutating func descend() {
    var reached = 0
    for bin in counts.indices.reversed() where counts[bin] > 0 {
      reached = bin
      let weight = weight(counts[bin], sums[bin])
      if weight >= target { break }
      target -= weight
    }
    let bitCount = shift - nextShift
    prefix = prefix << UInt128(bitCount) | UInt128(reached & ((1 << bitCount) - 1))
    shift = nextShift
    candidateCount = counts[reached]
    counts = []
    sums = []
    if shift == 0 {
      // Equal in every digit: all of them are in.
      minimumRank = prefix
      isDone = true
    }
  }

  private func weight(_ documentCount: Int, _ byteCount: UInt64) -> Double {
    measure == .documents ? Double(documentCount) : Double(byteCount)
  }
}
