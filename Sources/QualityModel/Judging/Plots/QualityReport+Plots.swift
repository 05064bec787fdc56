package import Reports

extension QualityReport {
  /// The ROC and the precision-recall curve, the reliability diagram and the histograms.
  package var plots: [NamedPlot] {
    [
      NamedPlot(fileName: "roc.svg", svg: rocPlot),
      NamedPlot(fileName: "precision-recall.svg", svg: precisionRecallPlot),
      NamedPlot(fileName: "calibration.svg", svg: calibrationPlot),
      NamedPlot(fileName: "scores.svg", svg: histogramPlot),
      NamedPlot(fileName: "scores-by-source.svg", svg: sourcePlot),
    ]
  }
}
