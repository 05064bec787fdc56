/// Numbers as a person reads them.
package enum Words {
  /// `1,234,567`.
  package static func count(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (value < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// `12.3 MB`, in powers of ten.
  package static func bytes(_ byteCount: Int) -> String {
    var value = Double(byteCount)
    for unit in ["B", "KB", "MB", "GB"] {
      if value < 1000 { return unit == "B" ? "\(byteCount) B" : "\(decimal(value, 1)) \(unit)" }
      value /= 1000
    }
    return "\(decimal(value, 1)) TB"
  }

  /// A number with `places` digits after the point.
  package static func decimal(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    // Beyond, a Double has no such places and the product no Int.
    guard value.magnitude * Double(scale) < 1e18 else { return "\(value)" }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(scaled)" }
    let zeros = String(repeating: "0", count: places - fraction.count)
    return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
  }

  /// `1:02:03`, `2:03` or `3.4 s`.
  package static func duration(_ seconds: Double) -> String {
    if seconds < 60 { return "\(decimal(seconds, 1)) s" }
    let whole = Int(seconds)
    let pair = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    if whole < 3600 { return "\(whole / 60):\(pair(whole % 60))" }
    return "\(whole / 3600):\(pair(whole / 60 % 60)):\(pair(whole % 60))"
  }
}
