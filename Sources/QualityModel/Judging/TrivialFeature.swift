internal import ByteKernels
internal import Reports

/// Something besides quality that tells good texts from bad ones nearly alone.
package struct TrivialFeature: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// With its middle value in good and in bad texts.
    case measure(TrivialMeasure, goodMedian: Double, badMedian: Double)
    /// A word or sign, with the shares of good and of bad texts that have it.
    case token(String, goodShare: Double, badShare: Double)
    /// The language that the caller gave, when texts are ranked by the share of good ones in theirs.
    case language
  }

  package let kind: Kind
  /// The area under the ROC curve of the feature alone, in the better of its two directions.
  package let auc: Double
  /// That of the model, when it was given.
  package let modelAUC: Double?

  /// What the feature is called.
  package var name: String {
    switch kind {
    case .measure(let measure, _, _): measure.rawValue
    case .token(let token, _, _): "token \"\(FigureText.name(token))\""
    case .language: "language"
    }
  }

  /// One or two sentences for people: what was seen, what it may mean and what to do.
  package var warning: String {
    let model = modelAUC.map { ", the model \(Words.decimal($0, 3))" } ?? ""
    let seen = "\(name) alone separates good from bad with AUC \(Words.decimal(auc, 3))\(model)"
    switch kind {
    case .measure(let measure, let good, let bad):
      return "\(seen) (median \(Self.value(good)) in good texts, \(Self.value(bad)) in bad ones): "
        + "the model may learn \(measure.lesson), not quality; take good and bad texts that do not "
        + "differ in it"
    case .token(_, let good, let bad):
      return
        "\(seen) (in \(FigureText.percent(good)) of the good texts, \(FigureText.percent(bad)) of "
        + "the bad ones): the model may learn a mark of the source, not quality; take it out of the "
        + "texts"
    case .language:
      return "\(seen): the model may learn language, not quality; take good and bad texts of every "
        + "language, or train a model for each"
    }
  }

  /// One JSON object on one line.
  package var json: String { value.text }

  var value: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("feature", .string(name)), ("auc", .number(auc)), ("model_auc", JSONValue(modelAUC)),
    ]
    switch kind {
    case .measure(_, let good, let bad):
      members += [("good_median", .number(good)), ("bad_median", .number(bad))]
    case .token(let token, let good, let bad):
      members += [
        ("token", .string(token)), ("good_share", .number(good)), ("bad_share", .number(bad)),
      ]
    case .language: break
    }
    return .object(members + [("warning", .string(warning))])
  }

  /// Counts without places, shares and means with three.
  private static func value(_ value: Double) -> String {
    value == value.rounded() && value < 1e15 ? Words.count(Int(value)) : Words.decimal(value, 3)
  }
}
