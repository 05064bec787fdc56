/// Dates and times in ISO 8601, in the proleptic Gregorian calendar.
enum ParquetDate {
  /// Appends the date so many days after 1970-01-01.
  static func appendDate(_ days: Int, to text: inout [UInt8]) {
    // Eras of 400 years, which begin in March so that leap days come last.
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    if year < 0 || year > 9999 { text.append(UInt8(ascii: year < 0 ? "-" : "+")) }
    appendDigits(year.magnitude, atLeast: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDigits(civilMonth.magnitude, atLeast: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDigits(day.magnitude, atLeast: 2, to: &text)
  }

  /// Appends a time of day; the fraction is left out when it is zero.
  static func appendTime(_ count: Int, _ unit: ParquetTimeUnit, to text: inout [UInt8]) {
    let seconds = count.flooredQuotient(unit.perSecond)
    // Not `count - seconds * perSecond`: rounded down, the product may be below the least number.
    let rest = count % unit.perSecond
    let fraction = rest < 0 ? rest + unit.perSecond : rest
    if seconds < 0 { text.append(UInt8(ascii: "-")) }
    let whole = seconds.magnitude
    appendDigits(whole / 3600, atLeast: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    appendDigits(whole / 60 % 60, atLeast: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    appendDigits(whole % 60, atLeast: 2, to: &text)
    if fraction == 0 { return }
    text.append(UInt8(ascii: "."))
    appendDigits(fraction.magnitude, atLeast: unit.digitCount, to: &text)
  }

  static func appendTimestamp(_ count: Int, _ unit: ParquetTimeUnit, to text: inout [UInt8]) {
    let perDay = 86_400 * unit.perSecond
    let days = count.flooredQuotient(perDay)
    appendDate(days, to: &text)
    text.append(UInt8(ascii: "T"))
    appendTime(count &- days &* perDay, unit, to: &text)
  }

  static func appendTimestamp(days: Int, nanosecondsOfDay: Int, to text: inout [UInt8]) {
    let perDay = 86_400_000_000_000
    let carry = nanosecondsOfDay.flooredQuotient(perDay)
    appendDate(days + carry, to: &text)
    text.append(UInt8(ascii: "T"))
    appendTime(nanosecondsOfDay &- carry &* perDay, .nanoseconds, to: &text)
  }

  /// Appends a number with zeros in front, so that it has as many digits.
  static func appendDigits(_ number: UInt, atLeast digitCount: Int = 1, to text: inout [UInt8]) {
    let start = text.count
    var rest = number
    while rest > 0 || text.count - start < digitCount {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    var (low, high) = (start, text.count - 1)
    while low < high {
      text.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }
}

extension Int {
  /// The quotient rounded down, for dates before 1970.
  fileprivate func flooredQuotient(_ divisor: Int) -> Int {
    let quotient = self / divisor
    return self < 0 && quotient * divisor != self ? quotient - 1 : quotient
  }
}
