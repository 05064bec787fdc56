/// What a model was trained with and on; kept in the model's folder.
package struct TrainingRecord: Sendable, Equatable, Codable {
  /// Texts with a weight above zero, one number a label.
  package var textCounts: [Int]
  package var minimumDocumentFrequency: Int
  package var regularization: Double
  package var elasticNet: Double
  package var standardization: Bool
  package var fitsIntercept: Bool
  package var maximumIterations: Int
  package var tolerance: Double
  package var iterationCount: Int
  /// The value of the objective at the end: mean loss in nats, penalties included.
  package var objective: Double
  /// Why training stopped: `value-converged`, `gradient-converged`, `maximum-iterations`, `no-descent`,
  /// `held-out-loss`.
  package var stop: String

  enum CodingKeys: String, CodingKey {
    case textCounts = "text-counts"
    case minimumDocumentFrequency = "minimum-document-frequency"
    case regularization
    case elasticNet = "elastic-net"
    case standardization
    case fitsIntercept = "intercept"
    case maximumIterations = "maximum-iterations"
    case tolerance
    case iterationCount = "iteration-count"
    case objective
    case stop
  }
}
