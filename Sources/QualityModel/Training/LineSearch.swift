/// Finds how far to go along a direction.
///
/// `evaluate` gives value and slope at a distance; the last distance it was asked for is the one returned.
struct LineSearch {
  /// A distance with the value and the slope there.
  struct Sample {
    let distance: Double
    let value: Double
    let slope: Double
  }

  /// Sufficient decrease and curvature: the constants of the Wolfe conditions.
  private static let decrease = 1e-4
  private static let curvature = 0.9
  private static let attempts = 10

  let start: Sample
  let evaluate: (_ distance: Double) async throws(QualityTrainingError) -> Sample

  /// A distance that meets the strong Wolfe conditions, by bracketing and cubic interpolation.
  ///
  /// Nil when none was found. Source: Nocedal and Wright, algorithms 3.5 and 3.6; steps grow by 1.5.
  func strongWolfe(first: Double) async throws(QualityTrainingError) -> Sample? {
    if start.slope > 0 { return nil }
    var low = start
    var distance = first
    for attempt in 0..<Self.attempts {
      let sample = try await evaluate(distance)
      if !sample.value.isFinite {
        distance /= 2
        continue
      }
      if !isDecrease(sample) || (sample.value >= low.value && attempt > 0) {
        return try await zoom(low, sample)
      }
      if isFlat(sample) { return sample }
      if sample.slope >= 0 { return try await zoom(sample, low) }
      low = sample
      distance *= 1.5
    }
    return nil
  }

  /// A distance that meets the strong Wolfe conditions, by shrinking and growing.
  ///
  /// Nil when none was found. For objectives with kinks, where interpolation has no ground.
  func backtracking(
    first: Double, shrink: Double
  ) async throws(QualityTrainingError) -> Sample? {
    var sample = try await evaluate(first)
    for _ in 0..<(2 * Self.attempts) {
      let factor: Double
      if !sample.value.isFinite || !isDecrease(sample) {
        factor = shrink
      } else if sample.slope < Self.curvature * start.slope {
        factor = 2.1
      } else if sample.slope > -Self.curvature * start.slope {
        factor = shrink
      } else {
        return sample
      }
      let distance = sample.distance * factor
      guard (1e-10...1e10).contains(distance) else { return nil }
      sample = try await evaluate(distance)
    }
    return nil
  }

  private func isDecrease(_ sample: Sample) -> Bool {
    sample.value <= start.value + Self.decrease * sample.distance * start.slope
  }

  private func isFlat(_ sample: Sample) -> Bool {
    abs(sample.slope) <= Self.curvature * abs(start.slope)
  }

  /// Narrows a bracket; `low` is the better end, wherever it lies.
  private func zoom(
    _ low: Sample, _ high: Sample
  ) async throws(QualityTrainingError) -> Sample? {
    var (low, high) = (low, high)
    for _ in 0..<Self.attempts {
      let sample = try await evaluate(
        low.distance > high.distance ? interpolate(high, low) : interpolate(low, high))
      if !isDecrease(sample) || sample.value >= low.value {
        high = sample
        continue
      }
      if isFlat(sample) { return sample }
      if sample.slope * (high.distance - low.distance) >= 0 { high = low }
      low = sample
    }
    return nil
  }

  /// The minimum of the cubic through both ends, kept a tenth of the bracket away from them.
  private func interpolate(_ left: Sample, _ right: Sample) -> Double {
    let width = right.distance - left.distance
    let sum =
      left.slope + right.slope - 3 * (left.value - right.value) / (left.distance - right.distance)
    let root = (sum * sum - left.slope * right.slope).squareRoot()
    let distance =
      right.distance - width * (right.slope + root - sum) / (right.slope - left.slope + 2 * root)
    if distance < left.distance + 0.1 * width { return left.distance + 0.1 * width }
    if distance > left.distance + 0.9 * width { return left.distance + 0.9 * width }
    return distance
  }
}
