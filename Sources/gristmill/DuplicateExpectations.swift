import ByteKernels
import Deduplication

/// What the settings of near-duplicate removal promise, as `gristmill check` shows it.
struct DuplicateExpectations {
  let settings: DeduplicationSettings

  /// A table; empty when near duplicates are not looked for.
  var text: String {
    guard settings.near else { return "" }
    let curve = settings.curve
    let aimed = settings.aimedSimilarity
    var table = TextTable(header: ["near duplicates", "expected"], wordColumns: [0, 1])
    let product = "\(curve.bands) x \(curve.rows)"
    table.append(["bands x rows", "\(product) = \(Words.count(curve.hashCount)) min-hashes"])
    table.append(["half of the pairs meet at", decimal(curve.halfSimilarity)])
    table.append(["similarity aimed at", decimal(aimed)])
    table.append(["false-positive area below", decimal(curve.falsePositiveArea(below: aimed), 4)])
    table.append(["false-negative area above", decimal(curve.falseNegativeArea(above: aimed), 4)])
    for tenth in 5...9 {
      let similarity = Double(tenth) / 10
      let share = decimal(curve.probability(at: similarity), 4)
      table.append(["share of pairs that meet at \(decimal(similarity, 1))", share])
    }
    let error = "estimates have a standard error of \(decimal(settings.standardError))"
    table.append(["removed from", "\(decimal(settings.similarityFloor)); \(error)"])
    table.append(["disk", "\(Words.count(settings.diskByteCount)) bytes a document, and its id"])
    return table.text
  }

  private func decimal(_ value: Double, _ places: Int = 3) -> String {
    Words.decimal(value, places)
  }
}
