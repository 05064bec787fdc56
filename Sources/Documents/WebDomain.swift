/// The part of an address that one owner registers: the pages below it belong together.
///
/// There is no list of public suffixes here: a name is its last two labels, or three when the last is
/// a country and the one before says what kind of name follows (`co.uk`, `gov.br`). Of hosts of other
/// suffixes (`github.io`) all users are one domain: too coarse, never too fine.
package enum WebDomain {
  /// Labels below a country that are registered under, not registered.
  private static let kinds: Set<Substring> = [
    "ac", "asn", "co", "com", "edu", "ed", "gen", "go", "gob", "gouv", "gov", "govt", "gub", "id",
    "idv", "info", "ltd", "me", "mil", "muni", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc",
    "police", "re", "sch", "web",
  ]

  /// The domain of a URL in lower case, its host when that is an address or a single label; nil when
  /// it has no host.
  package static func name(of url: String) -> String? {
    var rest = CanonicalURL.spelling(of: url)[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let authority = rest.prefix { !"/?#".contains($0) }
    if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
    let host = authority.prefix { $0 != ":" }
    let labels = host.split(separator: ".")
    guard let last = labels.last else { return nil }
    if labels.count <= 2 || last.allSatisfy(\.isNumber) { return labels.joined(separator: ".") }
    let isBelowKind = last.count == 2 && kinds.contains(labels[labels.count - 2])
    return labels.suffix(isBelowKind ? 3 : 2).joined(separator: ".")
  }
}
