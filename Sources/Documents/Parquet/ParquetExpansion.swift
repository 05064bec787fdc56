/// How many bytes a row group has come to, and how many it may come to.
///
/// Run lengths and dictionaries make billions of values from a few bytes, so compression is not
/// what has to be limited here but what is delivered.
final class ParquetExpansion {
  /// What a row counts at least, because a document without text takes that much too.
  private static let leastRowByteCount = 64

  private let limit: Int
  private let message: String
  private var byteCount = 0

  /// The free bytes are for row groups with pages of their own: thousands that name the same pages
  /// may come to no more than those pages allow.
  init(of group: ParquetFooter.Group, _ settings: ReadSettings) {
    let stored = group.bytes.count
    let (product, isAbove) = stored.multipliedReportingOverflow(by: settings.maximumExpansion)
    let allowed = isAbove ? Int.max : product
    limit = group.isShared ? allowed : max(allowed, settings.freeExpansionByteCount)
    message =
      "the rows have come to more than maximum-expansion (\(settings.maximumExpansion)) times the "
      + "\(stored) bytes that are the row group's "
      + (group.isShared ? "alone, the others are also another's" : "own; raise it to read on")
  }

  /// Counts a row, apart from its values.
  func addRow() throws(ParquetFault) { try add(Self.leastRowByteCount) }

  /// Counts bytes that are delivered.
  func add(_ count: Int) throws(ParquetFault) {
    byteCount &+= count
    if byteCount > limit { throw ParquetFault(.expansionTooLarge, message) }
  }
}
