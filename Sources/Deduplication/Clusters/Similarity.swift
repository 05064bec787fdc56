/// How alike two documents are: `shared` of `total`, either min-hashes or different shingles.
struct Similarity: Sendable, Equatable {
  /// The largest total that a record holds; beyond it both numbers are halved.
  private static let limit = 1 << 22

  let shared: Int
  let total: Int

  /// Documents of the same bytes.
  static let same = Similarity(shared: 1, total: 1)

  /// Nothing to compare is known of one of the two.
  static let unknown = Similarity(shared: 0, total: 0)

  init(shared: Int, total: Int) {
    var (shared, total) = (shared, total)
    while total >= Self.limit { (shared, total) = ((shared + 1) / 2, (total + 1) / 2) }
    self.shared = shared
    self.total = total
  }

  /// 0 to 1; 0 where it is unknown.
  var value: Double { total == 0 ? 0 : Double(shared) / Double(total) }

  /// As JSON: a number, or null where it is unknown.
  var json: String { total == 0 ? "null" : "\(value)" }
}
