/// How far training has come.
package enum TrainingProgress: Sendable, Equatable {
  /// Texts taken in so far.
  case rows(Int)
  /// Iterations done, and the objective after the last.
  case iteration(Int, objective: Double)
}
