/// Long runs of one scalar, at which the search for tokens would turn back again and again.
///
/// Tokens are those that merging leads to as soon as all neighbours stay apart. Where a token stands
/// beside its like, any number more of the like can be put between them: every pair of neighbours
/// is one that was there. So a run is shortened by whole such tokens before the search.
extension Backtracker {
  private static let shortenedByteCount = 1024

  /// As `search`, for a pre-token with a long run; nil when no token is found that the run is filled
  /// with.
  func searchShortened(
    _ run: LongRun, _ bytes: UnsafePointer<UInt8>, _ byteCount: Int,
    into tokens: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    // What is left out must not move the run's end against its period.
    let most = run.byteCount &- Self.shortenedByteCount
    var leftOut = most - most % run.period
    for _ in 0..<2 {
      let count = unsafe searchWithout(leftOut, run, bytes, byteCount, into: tokens)
      guard let (place, length) = unsafe doubled(run, leftOut, tokens, count) else { return nil }
      if leftOut % length == 0 {
        let added = leftOut / length
        // SAFETY: there are no more tokens than bytes, and the added ones stand for those left out.
        unsafe (tokens + place + added).update(from: tokens + place, count: count - place)
        for index in place..<place + added { unsafe tokens[index] = unsafe tokens[place + added] }
        return count + added
      }
      leftOut -= leftOut % length
    }
    return nil
  }

  /// Finds the tokens of a pre-token whose run is `leftOut` bytes shorter.
  private func searchWithout(
    _ leftOut: Int, _ run: LongRun, _ bytes: UnsafePointer<UInt8>, _ byteCount: Int,
    into tokens: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let kept = byteCount - leftOut
    let front = run.start + run.byteCount - leftOut
    // SAFETY: both parts lie in the pre-token, and together they have `kept` bytes.
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: kept) { copy in
      guard let base = copy.baseAddress else { return 0 }
      unsafe base.update(from: bytes, count: front)
      unsafe (base + front).update(from: bytes + front + leftOut, count: kept - front)
      return unsafe search(base, kept, into: tokens)
    }
  }

  /// The place of a token within the shortened run that its like follows, and its length, which is a
  /// multiple of the run's period.
  private func doubled(
    _ run: LongRun, _ leftOut: Int, _ tokens: UnsafeMutablePointer<UInt32>, _ count: Int
  ) -> (place: Int, byteCount: Int)? {
    let end = run.start + run.byteCount - leftOut
    var start = 0
    for place in 0..<max(0, count - 1) {
      // SAFETY: there are `count` tokens.
      let (token, next) = unsafe (tokens[place], tokens[place + 1])
      let length = byteCount(of: token)
      if token == next, start >= run.start, start + 2 * length <= end, length % run.period == 0 {
        return (place, length)
      }
      start += length
    }
    return nil
  }
}
