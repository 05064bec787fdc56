/// Why a duplicate was removed; raw values go into the ledger.
package enum RemovalReason: String, CaseIterable, Sendable {
  /// Its text has the same bytes as that of the document kept.
  case exact = "exact-duplicate"
  /// Its canonical URL is that of the document kept.
  case url = "url-duplicate"
  case near = "near-duplicate"

  /// Two bits for records, the surest first; 0 to 2.
  var code: UInt64 {
    switch self {
    case .exact: 0
    case .url: 1
    case .near: 2
    }
  }

  init(code: UInt64) {
    self = code == 0 ? .exact : code == 1 ? .url : .near
  }
}
