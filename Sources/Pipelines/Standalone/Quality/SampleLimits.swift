internal import ByteKernels
internal import Documents
internal import TextAnalysis

/// Which documents a sample of each label takes: those of the lowest draws.
///
/// The draw depends on the document's id and text and on the seed, not on the order of the inputs.
struct SampleLimits {
  private struct Limit {
    /// The highest draw that is taken.
    let draw: UInt64
    /// Documents with just this draw that are still to be taken: copies, of which some may be too many.
    var count: Int
  }

  private let seed: UInt64
  private var limits: [String: Limit] = [:]

  /// The labels of the inputs and, if they ask for a sample, its limits: one pass over all documents.
  static func scan(
    _ inputs: LabelledInputs, reading: ReadingSettings, observer: any RunObserver
  ) throws -> (labels: [String], limits: SampleLimits?) {
    var limits = SampleLimits(seed: UInt64(inputs.seed))
    var draws: [String: [UInt64]] = [:]
    let source = try LabelledSource(inputs, reading: reading, observer: observer)
    while let labelled = try source.next() {
      if inputs.sample == nil {
        draws[labelled.label, default: []] = []
      } else {
        draws[labelled.label, default: []].append(limits.draw(labelled.document))
      }
    }
    let labels = LabelledInputs.ordered(Set(draws.keys))
    guard let count = inputs.sample else { return (labels, nil) }
    for (label, draws) in draws {
      let lowest = draws.sorted().prefix(count)
      guard let last = lowest.last else { continue }
      limits.limits[label] = Limit(draw: last, count: lowest.count { $0 == last })
    }
    return (labels, limits)
  }

  private init(seed: UInt64) {
    self.seed = seed
  }

  private func draw(_ document: Document) -> UInt64 {
    XXH64.hash(document.text.span, seed: DocumentDraw(id: document.id, seed: seed).bits)
  }

  /// Whether the sample has the document; to be asked once of each document of the inputs.
  mutating func takes(_ document: Document, label: String) -> Bool {
    guard let limit = limits[label] else { return false }
    let draw = draw(document)
    if draw != limit.draw { return draw < limit.draw }
    limits[label]?.count -= 1
    return limit.count > 0
  }
}
