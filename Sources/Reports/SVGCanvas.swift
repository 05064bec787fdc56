internal import ByteKernels

/// A place on a canvas, in pixels from its upper left corner.
package struct CanvasPoint: Equatable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// Draws shapes and text as SVG 1.1, the same bytes for the same calls.
package struct SVGCanvas {
  package let width: Double
  package let height: Double
  private var elements: [String] = []

  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// How a line looks; lengths are in pixels.
  package struct Stroke {
    package var color: String
    package var width: Double
    package var dash: String?
    package var opacity: Double

    package init(color: String, width: Double = 1, dash: String? = nil, opacity: Double = 1) {
      self.color = color
      self.width = width
      self.dash = dash
      self.opacity = opacity
    }
  }

  package mutating func line(_ points: [CanvasPoint], _ stroke: Stroke) {
    guard points.count > 1 else { return }
    append("path", [("d", Self.path(points)), ("fill", "none")] + Self.attributes(stroke))
  }

  package mutating func area(_ points: [CanvasPoint], color: String, opacity: Double) {
    guard points.count > 2 else { return }
    append(
      "path",
      [("d", Self.path(points) + "Z"), ("fill", color), ("fill-opacity", Self.number(opacity))])
  }

  package mutating func rectangle(
    _ corner: CanvasPoint, width: Double, height: Double, color: String, opacity: Double = 1,
    radius: Double = 0, border: String? = nil
  ) {
    var attributes = [
      ("x", Self.number(corner.x)), ("y", Self.number(corner.y)), ("width", Self.number(width)),
      ("height", Self.number(height)), ("fill", color),
    ]
    if opacity < 1 { attributes.append(("fill-opacity", Self.number(opacity))) }
    if radius > 0 { attributes.append(("rx", Self.number(radius))) }
    if let border { attributes.append(("stroke", border)) }
    append("rect", attributes)
  }

  package mutating func circle(_ center: CanvasPoint, radius: Double, color: String, border: String)
  {
    append(
      "circle",
      [
        ("cx", Self.number(center.x)), ("cy", Self.number(center.y)), ("r", Self.number(radius)),
        ("fill", color), ("stroke", border), ("stroke-width", "1.5"),
      ])
  }

  package enum Anchor: String {
    case start, middle, end
  }

  /// How words look.
  package struct Lettering {
    package var size: Double
    package var color: String
    package var anchor: Anchor
    package var isBold: Bool
    /// Degrees clockwise around the place; -90 reads upward.
    package var turn: Double

    package init(
      size: Double = 12, color: String = PlotStyle.quietInk, anchor: Anchor = .start,
      isBold: Bool = false, turn: Double = 0
    ) {
      self.size = size
      self.color = color
      self.anchor = anchor
      self.isBold = isBold
      self.turn = turn
    }
  }

  /// Writes one line, its baseline at `place`.
  package mutating func text(_ words: String, at place: CanvasPoint, _ lettering: Lettering) {
    var attributes = [
      ("x", Self.number(place.x)), ("y", Self.number(place.y)),
      ("font-size", Self.number(lettering.size)), ("fill", lettering.color),
    ]
    if lettering.anchor != .start { attributes.append(("text-anchor", lettering.anchor.rawValue)) }
    if lettering.isBold { attributes.append(("font-weight", "600")) }
    if lettering.turn != 0 {
      let center = "\(Self.number(place.x)) \(Self.number(place.y))"
      attributes.append(("transform", "rotate(\(Self.number(lettering.turn)) \(center))"))
    }
    append("text", attributes, content: words)
  }

  /// The whole drawing, with a title for those who cannot see it.
  package func document(title: String) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    let root = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("width", width), ("height", height),
      ("viewBox", "0 0 \(width) \(height)"), ("role", "img"), ("font-family", PlotStyle.fonts),
    ]
    return "<svg\(Self.text(of: root))>\n<title>\(Self.escaped(title))</title>\n"
      + elements.map { $0 + "\n" }.joined() + "</svg>\n"
  }

  private mutating func append(
    _ name: String, _ attributes: [(String, String)], content: String? = nil
  ) {
    let start = "<\(name)\(Self.text(of: attributes))"
    elements.append(content.map { "\(start)>\(Self.escaped($0))</\(name)>" } ?? "\(start)/>")
  }

  private static func attributes(_ stroke: Stroke) -> [(String, String)] {
    var attributes = [
      ("stroke", stroke.color), ("stroke-width", number(stroke.width)),
      ("stroke-linejoin", "round"),
    ]
    if let dash = stroke.dash { attributes.append(("stroke-dasharray", dash)) }
    if stroke.opacity < 1 { attributes.append(("stroke-opacity", number(stroke.opacity))) }
    return attributes
  }

  private static func text(of attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
  }

  private static func path(_ points: [CanvasPoint]) -> String {
    let places = points.map { "\(number($0.x)) \(number($0.y))" }
    return "M" + places.joined(separator: "L")
  }

  /// With at most two digits after the point; a hundredth of a pixel is not seen.
  package static func number(_ value: Double) -> String {
    var digits = Words.decimal(value, 2)
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return digits
  }

  /// Text as XML; what XML 1.0 has no character for becomes U+FFFD.
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += " "
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
