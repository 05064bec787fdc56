/// The looks that all plots share: dark ink on a white card, so that they are read on any background.
///
/// The colors of series are told apart also by the color-blind (Okabe and Ito 2008).
package enum PlotStyle {
  package static let ink = "#1f2328"
  package static let quietInk = "#59636e"
  package static let axis = "#8c959f"
  package static let grid = "#e7ebef"
  package static let card = "#ffffff"
  package static let cardBorder = "#d1d9e0"
  package static let good = "#0072b2"
  package static let bad = "#d55e00"
  package static let series = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7b5ea7", "#59636e",
  ]
  package static let fonts =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
  package static let dash = "5 4"

  /// About how wide words are in these fonts, in pixels.
  package static func width(of words: String, size: Double) -> Double {
    words.unicodeScalars.reduce(0.0) { $0 + ($1.value < 0x1100 ? 0.56 : 1) } * size
  }
}
