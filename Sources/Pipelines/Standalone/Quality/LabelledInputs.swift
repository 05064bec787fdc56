internal import ByteKernels
internal import Documents
internal import QualityModel

/// Where labelled documents come from.
package struct LabelledInputs: Sendable {
  /// Files all of whose documents are good: label 1.
  package var positive: [String] = []
  /// Files all of whose documents are bad: label 0.
  package var negative: [String] = []
  /// Files whose documents each say their label.
  package var labelled: [String] = []
  /// The member of the documents that holds the label.
  package var labelField = "label"
  /// The label that means good, of two; nil takes the one whose name says so, else the second.
  package var goodLabel: String?
  /// At most so many documents of each label, drawn by the seed; nil takes all.
  package var sample: Int?
  package var seed = 0

  package init() {}

  /// A document with what it says of its label.
  struct LabelledDocument {
    let document: Document
    let label: String
  }

  /// Whether every input can be read twice.
  var areFiles: Bool { !(positive + negative + labelled).contains("-") }

  /// The inputs, each group with the label of its documents; nil where they say it themselves.
  fileprivate var groups: [(patterns: [String], label: String?)] {
    [(positive, "1"), (negative, "0"), (labelled, nil)].filter { !$0.0.isEmpty }
  }

  /// The label that a document's member stands for; nil without one.
  static func label(of document: Document, field: String) -> String? {
    guard let text = document.metadata.text(of: field), !text.isEmpty, text != "null" else {
      return nil
    }
    return label(of: text)
  }

  /// The one way to write a label: flags are 1 and 0, and equal numbers are one label.
  static func label(of text: String) -> String {
    switch text {
    case "true": return "1"
    case "false": return "0"
    default:
      guard let number = Double(text), number.isFinite else { return text }
      return Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }
  }

  /// Labels in the order of a model: numbers by size, before words.
  static func ordered(_ labels: Set<String>) -> [String] {
    labels.sorted { left, right in
      switch (Double(left), Double(right)) {
      case (let low?, let high?) where low != high: low < high
      case (.some, nil): true
      case (nil, .some): false
      default: left < right
      }
    }
  }

  /// The position of the label that means good, by which two labels are judged; nil for more labels.
  func goodPosition(in labels: [String]) throws(PipelineError) -> Int? {
    if let goodLabel {
      guard let position = labels.firstIndex(of: Self.label(of: goodLabel)) else {
        throw PipelineError(
          file: "--label",
          message: "no document has the label '\(goodLabel)'; their labels are "
            + labels.joined(separator: ", "))
      }
      return labels.count == 2 ? position : nil
    }
    return labels.count == 2 ? GoodLabel.position(in: labels) ?? 1 : nil
  }
}

/// Reads labelled documents, one after the other.
final class LabelledSource {
  private let inputs: LabelledInputs
  private let reading: ReadingSettings
  private let observer: any RunObserver
  private var groups: ArraySlice<(patterns: [String], label: String?)>
  private var source: DocumentSource
  private var label: String?
  private var limits: SampleLimits?
  private var past = StageLedger()
  private var pastFailures: [Manifest.Failure] = []

  /// With limits, only the documents that they draw are given.
  init(
    _ inputs: LabelledInputs, reading: ReadingSettings, limits: SampleLimits? = nil,
    observer: any RunObserver
  ) throws {
    self.inputs = inputs
    self.reading = reading
    self.limits = limits
    self.observer = observer
    groups = inputs.groups[...]
    guard let first = groups.popFirst() else {
      throw PipelineError(
        file: "--positive", message: "name files of good and bad documents, or labelled ones")
    }
    label = first.label
    source = try DocumentSource(first.patterns, reading: reading, observer: observer)
  }

  var ledger: StageLedger {
    var sum = past
    sum += source.ledger
    return sum
  }

  var failures: [Manifest.Failure] { pastFailures + source.failures }

  /// The next document, nil at the end; one that does not say its label is an error.
  func next() throws -> LabelledInputs.LabelledDocument? {
    while true {
      guard let document = source.next() else {
        guard let group = groups.popFirst() else { return nil }
        past += source.ledger
        pastFailures += source.failures
        source = try DocumentSource(group.patterns, reading: reading, observer: observer)
        label = group.label
        continue
      }
      guard
        let label = label ?? LabelledInputs.label(of: document, field: inputs.labelField)
      else {
        throw PipelineError(
          file: document.source,
          message: "document '\(document.id)' has no label; each needs "
            + "\"\(inputs.labelField)\": 0 or 1, or a name")
      }
      if limits?.takes(document, label: label) == false { continue }
      return .init(document: document, label: label)
    }
  }

  /// The next documents, up to the one whose text reaches `byteCount`; none at the end.
  func nextBatch(byteCount: Int) throws -> [LabelledInputs.LabelledDocument] {
    var documents: [LabelledInputs.LabelledDocument] = []
    var taken = 0
    while taken < byteCount, let labelled = try next() {
      taken += labelled.document.text.count
      documents.append(labelled)
    }
    observer.advanced(byteCount: taken)
    return documents
  }
}
