package import QualityModel
package import Reports

/// How well a model does on labelled documents: for two labels, or for more.
package enum Judgement: Sendable {
  case binary(QualityReport)
  case multiclass(MulticlassReport)

  package var figures: [QualityFigure] {
    switch self {
    case .binary(let report): report.figures
    case .multiclass(let report): report.figures
    }
  }

  /// For people.
  package var table: String {
    switch self {
    case .binary(let report): report.table
    case .multiclass(let report): report.table
    }
  }

  /// One JSON object.
  package var json: String {
    switch self {
    case .binary(let report): report.json
    case .multiclass(let report): report.json
    }
  }

  /// Pictures of it.
  package var plots: [NamedPlot] {
    switch self {
    case .binary(let report): report.plots
    case .multiclass(let report): report.plots
    }
  }

  package func figure(_ name: String) -> Double? {
    figures.first { $0.name == name }?.value
  }
}
