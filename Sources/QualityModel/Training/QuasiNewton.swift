/// Minimises a smooth objective plus, if wanted, an L1 penalty: L-BFGS, and OWL-QN with the penalty.
///
/// Follows the method Spark ML uses (Breeze's), so that the two agree: ten steps of memory, line
/// searches by `LineSearch`, and Spark's rule for when to stop. Sources: Nocedal and Wright, chapter 7;
/// Andrew and Gao 2007, "Scalable training of L1-regularized log-linear models".
struct QuasiNewton {
  /// Why a minimisation ended.
  enum Stop: String, Codable, Sendable {
    /// The value has not changed by more than the tolerance over `valueMemory` iterations.
    case valueConverged = "value-converged"
    case gradientConverged = "gradient-converged"
    case maximumIterations = "maximum-iterations"
    /// No step lowers the value, even straight downhill: as good as the arithmetic allows.
    case noDescent = "no-descent"
    /// Whoever watches asked for it: the loss of held-out rows has stopped falling.
    case heldOutLoss = "held-out-loss"
  }

  /// The smooth part of the objective at a point.
  typealias Evaluation = (value: Double, gradient: [Double])

  struct Outcome {
    let point: [Double]
    /// The value before the first iteration and after each.
    let values: [Double]
    let stop: Stop
  }

  private struct State {
    var point: [Double]
    var gradient: [Double]
    /// With the L1 penalty.
    var value: Double
    /// The gradient, or with a penalty the subgradient of least length.
    var slope: [Double]
  }

  let maximumIterations: Int
  let tolerance: Double
  /// How many iterations back the change of the value is measured; Spark's is 20.
  var valueMemory = 20
  /// One a coordinate; empty when there is no L1 penalty.
  let absolutePenalties: [Double]
  let evaluate: (_ point: [Double]) async throws(QualityTrainingError) -> Evaluation
  /// Shown every point an iteration ends at, and its value; false ends the minimisation there.
  let goesOn: (_ point: [Double], _ value: Double) async throws(QualityTrainingError) -> Bool

  func minimize(from start: [Double]) async throws(QualityTrainingError) -> Outcome {
    var state = try await state(at: start)
    var memory = CurvatureMemory()
    var values = [state.value]
    var hasJustFailed = false
    while true {
      if let stop = reasonToStop(state, values) {
        return Outcome(point: state.point, values: values, stop: stop)
      }
      guard let next = try await step(from: state, memory, isFirst: values.count == 1) else {
        if hasJustFailed { return Outcome(point: state.point, values: values, stop: .noDescent) }
        hasJustFailed = true
        memory.forget()
        continue
      }
      hasJustFailed = false
      memory.add(
        step: difference(next.point, state.point),
        gradientChange: difference(next.gradient, state.gradient))
      state = next
      values.append(state.value)
      if !(try await goesOn(state.point, state.value)) {
        return Outcome(point: state.point, values: values, stop: .heldOutLoss)
      }
    }
  }

  private func reasonToStop(_ state: State, _ values: [Double]) -> Stop? {
    if values.count > maximumIterations { return .maximumIterations }
    if values.count > valueMemory,
      let highest = values.suffix(valueMemory).max(),
      abs(state.value - highest) <= tolerance * abs(values[0])
    {
      return .valueConverged
    }
    if DenseVectors.norm(state.slope) <= max(tolerance * abs(state.value), 1e-8) {
      return .gradientConverged
    }
    return nil
  }

  /// The state after one step; nil when no step was found.
  private func step(
    from state: State, _ memory: CurvatureMemory, isFirst: Bool
  ) async throws(QualityTrainingError) -> State? {
    guard var direction = memory.direction(state.slope) else { return nil }
    let hasKinks = !absolutePenalties.isEmpty
    if hasKinks {
      // Only go where the subgradient points, else the orthant below is not the right one.
      for index in direction.indices where direction[index] * state.slope[index] >= 0 {
        direction[index] = 0
      }
    }
    var latest = state
    let slope = DenseVectors.dot(hasKinks ? state.slope : state.gradient, direction)
    let search = LineSearch(start: .init(distance: 0, value: state.value, slope: slope)) {
      (distance) async throws(QualityTrainingError) in
      latest = try await self.state(at: move(state, direction, distance))
      let slope = DenseVectors.dot(latest.slope, direction)
      return LineSearch.Sample(distance: distance, value: latest.value, slope: slope)
    }
    let found: LineSearch.Sample?
    if hasKinks {
      found = try await search.backtracking(
        first: isFirst ? 0.5 / DenseVectors.norm(state.gradient) : 1, shrink: isFirst ? 0.1 : 0.5)
    } else {
      found = try await search.strongWolfe(first: isFirst ? 1 / DenseVectors.norm(direction) : 1)
    }
    guard let found else { return nil }
    if !hasKinks, found.distance * DenseVectors.norm(state.gradient) < 1e-10 { return nil }
    return latest
  }

  /// The point at a distance; with a penalty, coordinates that would change sign stop at zero.
  private func move(_ state: State, _ direction: [Double], _ distance: Double) -> [Double] {
    var point = state.point
    DenseVectors.add(distance, direction, to: &point)
    if absolutePenalties.isEmpty { return point }
    for index in point.indices {
      let old = state.point[index]
      let orthant = old != 0 ? old : -state.slope[index]
      if point[index] * orthant <= 0 { point[index] = 0 }
    }
    return point
  }

  private func state(at point: [Double]) async throws(QualityTrainingError) -> State {
    let (value, gradient) = try await evaluate(point)
    if absolutePenalties.isEmpty {
      return State(point: point, gradient: gradient, value: value, slope: gradient)
    }
    var slope = gradient
    var penalty = 0.0
    for index in point.indices {
      let rate = absolutePenalties[index]
      penalty += rate * abs(point[index])
      if point[index] != 0 {
        slope[index] += point[index] < 0 ? -rate : rate
      } else {
        slope[index] = max(0, slope[index] - rate) + min(0, slope[index] + rate)
      }
    }
    return State(point: point, gradient: gradient, value: value + penalty, slope: slope)
  }

  private func difference(_ left: [Double], _ right: [Double]) -> [Double] {
    var result = left
    DenseVectors.add(-1, right, to: &result)
    return result
  }
}
