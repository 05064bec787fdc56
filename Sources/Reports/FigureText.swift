internal import ByteKernels

/// Figures as they stand in tables.
package enum FigureText {
  /// Rounded to five places; `-` without a number.
  package static func decimal(_ value: Double?, _ places: Int = 5) -> String {
    value.map { Words.decimal($0, places) } ?? "-"
  }

  /// `12.34 %`.
  package static func percent(_ share: Double?) -> String {
    share.map { "\(Words.decimal($0 * 100, 2)) %" } ?? "-"
  }

  /// A name from outside on one line of a terminal: controls become spaces, and it is cut when long.
  package static func name(_ text: String, maximumLength: Int = 40) -> String {
    let printable = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
            ? " " : $0
        }))
    if printable.count <= maximumLength { return printable }
    return printable.prefix(maximumLength - 1) + "…"
  }
}
