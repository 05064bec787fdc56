/// A drawing and the name of the file it goes into.
package struct QualityPlot: Sendable, Equatable {
  package let fileName: String
  /// SVG 1.1, the same bytes for the same report.
  package let svg: String

  package init(fileName: String, svg: String) {
    self.fileName = fileName
    self.svg = svg
  }
}

extension QualityReport {
  /// The ROC and the precision-recall curve, the reliability diagram and the histograms.
  package var plots: [QualityPlot] {
    [
      QualityPlot(fileName: "roc.svg", svg: rocPlot),
      QualityPlot(fileName: "precision-recall.svg", svg: precisionRecallPlot),
      QualityPlot(fileName: "calibration.svg", svg: calibrationPlot),
      QualityPlot(fileName: "scores.svg", svg: histogramPlot),
      QualityPlot(fileName: "scores-by-source.svg", svg: sourcePlot),
    ]
  }
}
