/// Why a duplicate was removed; raw values go into the ledger.
package enum RemovalReason: String, CaseIterable, Sendable {
  /// Its text has the same bytes as that of the document kept.
  case exact = "exact-duplicate"
  case near = "near-duplicate"
}
