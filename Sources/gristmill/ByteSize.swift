import ArgumentParser

/// A number of bytes on the command line: `512M`, `4G`, `1.5T`, `65536`; K is 1024.
struct ByteSize: ExpressibleByArgument {
  let byteCount: Int

  init(byteCount: Int) {
    self.byteCount = byteCount
  }

  init?(argument: String) {
    let units: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
    var digits = argument.uppercased()
    if digits.hasSuffix("B") { digits.removeLast() }
    if digits.hasSuffix("I") { digits.removeLast() }
    var unit = 1.0
    if let last = digits.last, let named = units[last] {
      unit = named
      digits.removeLast()
    }
    guard let amount = Double(digits), amount > 0, amount * unit < 0x1p62 else { return nil }
    byteCount = Int(amount * unit)
  }

  /// In the units that are read.
  var defaultValueDescription: String {
    for (unit, shift) in [("T", 40), ("G", 30), ("M", 20), ("K", 10)]
    where byteCount % (1 << shift) == 0 { return "\(byteCount >> shift)\(unit)" }
    return String(byteCount)
  }
}
