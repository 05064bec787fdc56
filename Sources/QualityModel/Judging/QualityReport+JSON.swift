internal import Reports

/// The report for programs.
extension QualityReport {
  /// One JSON object on one line; a figure without meaning is null.
  package var json: String {
    var members: [(name: String, value: JSONValue)] = figures.map { ($0.name, JSONValue($0.value)) }
    members += [
      ("auc_standard_error", JSONValue(aucStandardError)), ("prevalence", JSONValue(prevalence)),
      ("threshold", .number(threshold)),
      ("documents", .integer(documentCount)), ("positives", .integer(positiveCount)),
      ("negatives", .integer(negativeCount)), ("true_positives", .integer(truePositiveCount)),
      ("false_positives", .integer(falsePositiveCount)),
      ("true_negatives", .integer(trueNegativeCount)),
      ("false_negatives", .integer(falseNegativeCount)),
    ]
    members += confusion.averages.map { ($0.name, $0.figures?.json ?? .null) }
    members += [
      ("best_f1", bestF1.map { .object($0.members) } ?? .null),
      ("kept_shares", .array(zip(Self.keptPercents, keptShares).map(Self.json))),
      ("calibration", .array(calibration.bins.map(\.json))),
      ("histogram", histogram.json), ("sources", .array(sources.map(\.json))),
    ]
    return JSONValue.object(members).text
  }

  private static func json(percent: Int, effect: ThresholdEffect) -> JSONValue {
    .object([("percent", .integer(percent))] + effect.members)
  }
}

extension AveragedFigures {
  var json: JSONValue {
    .object([
      ("precision", .number(precision)), ("recall", .number(recall)), ("f1", .number(f1)),
    ])
  }
}

extension ThresholdEffect {
  fileprivate var members: [(name: String, value: JSONValue)] {
    [
      ("threshold", .number(threshold)), ("kept_documents", .integer(keptCount)),
      ("kept_share", .number(keptShare)), ("precision", .number(precision)),
      ("recall", JSONValue(recall)), ("f1", .number(f1)),
    ]
  }
}

extension Calibration.Bin {
  fileprivate var json: JSONValue {
    .object([
      ("lower", .number(lowerEdge)), ("upper", .number(upperEdge)),
      ("documents", .integer(documentCount)), ("positives", .integer(positiveCount)),
      ("mean_score", JSONValue(meanScore)), ("positive_share", JSONValue(positiveShare)),
    ])
  }
}

extension ScoreHistogram {
  fileprivate var json: JSONValue {
    .object([
      ("positives", .numbers(positiveCounts)), ("negatives", .numbers(negativeCounts)),
    ])
  }
}

extension SourceReport {
  fileprivate var json: JSONValue {
    .object([
      ("source", .string(source)), ("documents", .integer(documentCount)),
      ("positives", .integer(positiveCount)), ("kept", .integer(keptCount)),
      ("mean_score", JSONValue(meanScore)), ("auc", JSONValue(auc)),
      ("histogram", histogram.json),
    ])
  }
}
