/// One spelling for the many URLs of one page.
///
/// Taken away are the scheme `http` or `https`, `www.`, user names, the scheme's own port, the
/// fragment (unless it begins with `!`, which names a page), `.` and `..` in the path, its empty
/// segments and slashes at its end, and parameters that only say where a reader came from; hosts are
/// put in lower case, needless percent signs undone, and parameters sorted. A URL of another scheme
/// keeps it.
package enum CanonicalURL {
  /// The parameters that change nothing: those of campaigns, clicks and sessions.
  private static let droppedParameters: Set<String> = [
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "mc_cid",
    "mc_eid",
    "ref_src", "ref_url", "_ga", "_gl", "jsessionid", "phpsessid", "cmpid",
  ]
  private static let droppedPrefix = "utm_"

  /// The canonical spelling of `url`.
  package static func spelling(of url: String) -> String {
    var rest = url.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    var scheme = ""
    let start = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    if rest[start.endIndex...].hasPrefix("://") {
      scheme = start.lowercased()
      rest = rest[start.endIndex...].dropFirst(3)
    }
    var page: Substring = ""
    if let fragment = rest.firstIndex(of: "#") {
      if rest[fragment...].hasPrefix("#!") { page = rest[fragment...] }
      rest = rest[..<fragment]
    }
    let query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] } ?? ""
    rest = rest.prefix { $0 != "?" }
    let host = host(rest.prefix { $0 != "/" }, scheme)
    let path = path(rest.drop { $0 != "/" })
    let parameters = parameters(query)
    let isWeb = scheme == "http" || scheme == "https" || scheme.isEmpty
    return (isWeb ? "" : "\(scheme)://") + host + path
      + (parameters.isEmpty ? "" : "?\(parameters)") + page
  }

  private static func host(_ authority: Substring, _ scheme: String) -> String {
    var host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    for (name, port) in [("http", ":80"), ("https", ":443")]
    where scheme == name && host.hasSuffix(port) {
      host = host.dropLast(port.count)
    }
    var lower = host.lowercased()
    while lower.hasSuffix(".") { lower.removeLast() }
    return lower.hasPrefix("www.") ? String(lower.dropFirst(4)) : lower
  }

  private static func path(_ path: Substring) -> String {
    var segments: [String] = []
    for segment in path.split(separator: "/") {
      switch segment {
      case ".": continue
      case "..": _ = segments.popLast()
      default: segments.append(unescaped(segment))
      }
    }
    return segments.map { "/\($0)" }.joined()
  }

  private static func parameters(_ query: Substring) -> String {
    query.split(separator: "&").filter { parameter in
      let name = parameter.prefix { $0 != "=" }.lowercased()
      return !droppedParameters.contains(name) && !name.hasPrefix(droppedPrefix)
    }.map(unescaped).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "&")
  }

  /// Percent signs undone where the character needs none (RFC 3986, 2.3), in upper case elsewhere.
  private static func unescaped(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let high = Character(UnicodeScalar(bytes[place + 1])).hexDigitValue,
        let low = Character(UnicodeScalar(bytes[place + 2])).hexDigitValue
      else {
        result.append(bytes[place])
        place += 1
        continue
      }
      let value = UInt8(high << 4 | low)
      if isUnreserved(value) {
        result.append(value)
      } else {
        result.append(UInt8(ascii: "%"))
        for digit in [high, low] { result += String(digit, radix: 16, uppercase: true).utf8 }
      }
      place += 3
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter &- 0x61 < 26) || (byte &- 48 < 10) || "-._~".utf8.contains(byte)
  }
}
