/// A function on one document inside a stage: a filter, a modifier or an annotator.
///
/// A step is a value made once from its settings and shared by all workers.
package protocol Step: Sendable {
  associatedtype Settings: StepSettings
  /// The step's name in pipeline files, in kebab case, unique over all catalogs.
  static var name: String { get }
  /// One sentence for `gristmill list`.
  static var summary: String { get }
  /// The attributes it reads, which an annotator before it must give.
  var requiredAttributes: [String] { get }
  /// Refuses settings that contradict each other or name something that is not there.
  init(_ settings: Settings) throws(SettingsError)
}

extension Step {
  package var requiredAttributes: [String] { [] }
}

/// Keeps or drops a document, never edits it.
package protocol Filter: Step {
  /// Why a document can be dropped; raw values are in kebab case and go into the ledger.
  associatedtype Reason: RawRepresentable<String>, CaseIterable, Sendable
  /// Nil keeps the document.
  func reasonToDrop(_ text: AnalyzedText) -> Reason?
}

/// Edits a document's text.
package protocol Modifier: Step {
  /// Why nothing of a document is left; raw values are in kebab case and go into the ledger.
  associatedtype Reason: RawRepresentable<String>, CaseIterable, Sendable
  func modify(_ text: AnalyzedText) -> Modification<Reason>
  /// The same, adding what was put right, by what it was, to counts that end in the run's ledger.
  func modify(
    _ text: AnalyzedText, counting repairs: inout [String: Int]
  ) -> Modification<Reason>
}

extension Modifier {
  /// A modifier that puts nothing right has nothing to count.
  package func modify(
    _ text: AnalyzedText, counting repairs: inout [String: Int]
  ) -> Modification<Reason> { modify(text) }
}

/// What a modifier did.
package enum Modification<Reason: Sendable>: Sendable {
  case unchanged
  case replaced([UInt8], MediaType)
  /// The rules leave nothing of the document.
  case emptied(Reason)
}

/// Adds numbers to a document, never drops or edits it.
package protocol Annotator: Step {
  /// The names it gives, in the order of `annotate`.
  static var attributes: [String] { get }
  /// Names and values, in a fixed order; names are in kebab case.
  func annotate(_ text: AnalyzedText) -> [(name: String, value: Double)]
}
