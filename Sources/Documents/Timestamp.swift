/// A moment as documents state it: ISO 8601 (`2021-03`, `2021-03-04T05:06:07.8Z`,
/// `2021-03-04 05:06+02:00`) or the fourteen digits of ARC.
///
/// What is not said is the least it can be; without a zone the time is UTC.
package struct Timestamp: Sendable, Equatable {
  /// Since 1970, without leap seconds.
  package let seconds: Double

  /// Nil for what is no date.
  package init?(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let year = scanner.number(digits: 4) else { return nil }
    var parts = [year, 1, 1, 0, 0, 0]
    for (place, before) in ["", "-", "-", "Tt ", ":", ":"].enumerated().dropFirst() {
      let mark = scanner.position
      guard scanner.skip(anyOf: before) || scanner.isDigit else { break }
      guard let part = scanner.number(digits: 2) else {
        scanner.position = mark
        break
      }
      parts[place] = part
    }
    let fraction = scanner.fraction()
    guard let zone = scanner.zone(), scanner.isAtEnd, (1...12).contains(parts[1]),
      (1...31).contains(parts[2]), parts[3] < 25, parts[4] < 60, parts[5] < 61
    else { return nil }
    let days = Self.days(parts[0], parts[1], parts[2])
    let time = parts[3] * 3600 + parts[4] * 60 + parts[5]
    seconds = Double(days * 86400 + time - zone) + fraction
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar: years are counted from March, so that
  /// the leap day is the last of its year.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
    return marchYear * 365 + leapDays + dayOfYear - 719_468
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }
    var isDigit: Bool { position < bytes.count && bytes[position] &- 48 < 10 }

    mutating func skip(anyOf characters: String) -> Bool {
      guard position < bytes.count, characters.utf8.contains(bytes[position]) else { return false }
      position += 1
      return true
    }

    mutating func number(digits: Int) -> Int? {
      var value = 0
      for _ in 0..<digits {
        guard isDigit else { return nil }
        value = value * 10 + Int(bytes[position] - 48)
        position += 1
      }
      return value
    }

    mutating func fraction() -> Double {
      guard skip(anyOf: ".,") else { return 0 }
      var (value, unit) = (0.0, 0.1)
      while isDigit {
        value += unit * Double(bytes[position] - 48)
        unit /= 10
        position += 1
      }
      return value
    }

    /// Seconds east of UTC; nil for a zone that is none.
    mutating func zone() -> Int? {
      if isAtEnd || skip(anyOf: "Zz") { return 0 }
      let isEast = skip(anyOf: "+")
      guard isEast || skip(anyOf: "-"), let hours = number(digits: 2) else { return nil }
      _ = skip(anyOf: ":")
      let minutes = isAtEnd ? 0 : number(digits: 2)
      return minutes.map { (isEast ? 1 : -1) * (hours * 3600 + $0 * 60) }
    }
  }
}
