/// One number of a report under the name that programs know it by; nil when it has no meaning.
package struct QualityFigure: Sendable, Equatable {
  package let name: String
  package let value: Double?

  package init(_ name: String, _ value: Double?) {
    self.name = name
    self.value = value
  }
}

extension QualityReport {
  /// The figures that do not depend on the threshold.
  package var rankingFigures: [QualityFigure] {
    [
      QualityFigure("auc", auc), QualityFigure("average_precision", averagePrecision),
      QualityFigure("area_under_pr", areaUnderPrecisionRecall), QualityFigure("log_loss", logLoss),
      QualityFigure("brier", brier),
      QualityFigure("expected_calibration_error", calibration.expectedError),
      QualityFigure("maximum_calibration_error", calibration.maximumError),
    ]
  }

  /// The figures of the decisions that the threshold makes.
  package var decisionFigures: [QualityFigure] {
    [
      QualityFigure("f1", f1), QualityFigure("precision", precision),
      QualityFigure("recall", recall), QualityFigure("accuracy", accuracy),
      QualityFigure("balanced_accuracy", confusion.balancedAccuracy),
      QualityFigure("matthews_correlation", confusion.matthewsCorrelation),
      QualityFigure("macro_f1", confusion.macro?.f1),
    ]
  }

  /// All figures of one number, in the order of the table.
  package var figures: [QualityFigure] { rankingFigures + decisionFigures }
}

extension ConfusionMatrix {
  /// The ways to average over classes, by name.
  var averages: [(name: String, figures: AveragedFigures?)] {
    [("macro", macro), ("micro", micro), ("weighted", weighted)]
  }
}
