/// Dates and times in ISO 8601, in the proleptic Gregorian calendar.
enum ParquetDate {
  /// The date so many days after 1970-01-01.
  static func date(_ days: Int) -> String {
    // Eras of 400 years, which begin in March so that leap days come last.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return "\(sign)\(padded(abs(year), 4))-\(padded(civilMonth, 2))-\(padded(day, 2))"
  }

  /// A time of day; the fraction is left out when it is zero.
  static func time(_ count: Int, _ unit: ParquetTimeUnit) -> String {
    let seconds = count.flooredQuotient(unit.perSecond)
    let fraction = count - seconds * unit.perSecond
    let sign = seconds < 0 ? "-" : ""
    let whole = abs(seconds)
    let clock =
      "\(sign)\(padded(whole / 3600, 2)):\(padded(whole / 60 % 60, 2)):\(padded(whole % 60, 2))"
    return fraction == 0 ? clock : "\(clock).\(padded(fraction, unit.digitCount))"
  }

  static func timestamp(_ count: Int, _ unit: ParquetTimeUnit) -> String {
    let perDay = 86_400 * unit.perSecond
    let days = count.flooredQuotient(perDay)
    return "\(date(days))T\(time(count &- days &* perDay, unit))"
  }

  static func timestamp(days: Int, nanosecondsOfDay: Int) -> String {
    let perDay = 86_400_000_000_000
    let carry = nanosecondsOfDay.flooredQuotient(perDay)
    return "\(date(days + carry))T\(time(nanosecondsOfDay &- carry &* perDay, .nanoseconds))"
  }

  private static func padded(_ number: Int, _ digitCount: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, digitCount - digits.utf8.count)) + digits
  }
}

extension Int {
  /// The quotient rounded down, for dates before 1970.
  fileprivate func flooredQuotient(_ divisor: Int) -> Int {
    let quotient = self / divisor
    return self < 0 && quotient * divisor != self ? quotient - 1 : quotient
  }
}
