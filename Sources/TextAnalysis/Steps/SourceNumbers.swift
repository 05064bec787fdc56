/// What a setting says of sources, `SOURCE=NUMBER` each; a source may have `=` in its name.
package struct SourceNumbers: Sendable, Equatable {
  /// In the order they are given.
  package private(set) var names: [String] = []
  private var numbers: [String: Double] = [:]

  /// Refuses what is not of that form, numbers outside the range, and a source named twice.
  package init(
    _ texts: [String], setting: String, range: ClosedRange<Double> = 0...Double.infinity
  ) throws(SettingsError) {
    for text in texts {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count >= 2, let last = parts.last, let number = Double(last),
        range.contains(number)
      else {
        throw SettingsError(
          setting: setting,
          message: "\"\(text)\": write SOURCE=NUMBER, from \(Self.plain(range.lowerBound)) to "
            + Self.plain(range.upperBound))
      }
      let source = parts.dropLast().joined(separator: "=")
      if numbers.updateValue(number, forKey: source) != nil {
        throw SettingsError(setting: setting, message: "\"\(source)\" is named twice")
      }
      names.append(source)
    }
  }

  /// The number of a source; nil when it is not named.
  package subscript(_ source: String) -> Double? { numbers[source] }

  /// A number without a point where it has no fraction.
  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
