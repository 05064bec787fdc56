internal import Documents
package import QualityModel

extension QualityTraining {
  /// What came of a training.
  package struct Report: Sendable {
    package let labels: [String]
    /// The one of two labels that the figures speak for; nil for more labels.
    package let goodLabel: String?
    /// Texts of each label.
    package let textCounts: [Int]
    package let weightCount: Int
    package let iterationCount: Int
    /// Near copies of texts before them, kept on one side of every split.
    package let copyCount: Int
    /// Near copies with another label.
    package let conflictCount: Int
    /// On the documents held out; nil without any.
    package let judgement: Judgement?
    package let crossValidation: CrossValidation?
    package let trivialFeatures: [TrivialFeature]
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]

    /// One JSON object on one line.
    package var json: String {
      let counts = zip(labels, textCounts).map { "\(JSONText.quoted($0)):\($1)" }
      var members = ["\"documents\":{\(counts.joined(separator: ","))}"]
      if let goodLabel { members.append("\"good_label\":\(JSONText.quoted(goodLabel))") }
      members += [
        "\"weights\":\(weightCount)", "\"iterations\":\(iterationCount)",
        "\"near_copies\":\(copyCount)", "\"near_copies_of_another_label\":\(conflictCount)",
        "\"trivial_features\":[\(trivialFeatures.map(\.json).joined(separator: ","))]",
      ]
      if let judgement { members.append("\"held_out\":\(judgement.json)") }
      if let crossValidation { members.append("\"cross_validation\":\(crossValidation.json)") }
      return "{\(members.joined(separator: ","))}"
    }
  }
}
