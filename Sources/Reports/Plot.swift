/// A card with a title, a legend, two axes and a grid, to draw series on.
package struct Plot {
  /// A series' name beside a sample of its look.
  package struct Key {
    package enum Shape {
      case line, dashed, dot, bar
    }
    package let name: String
    package let color: String
    package let shape: Shape

    package init(name: String, color: String, shape: Shape) {
      self.name = name
      self.color = color
      self.shape = shape
    }
  }

  package var canvas: SVGCanvas
  package let title: String
  package let x: PlotAxis
  package let y: PlotAxis
  /// The rectangle between the axes, in pixels.
  package let left: Double
  package let right: Double
  package let top: Double
  package let bottom: Double

  package init(
    title: String, subtitle: String, x: PlotAxis, y: PlotAxis, keys: [Key] = [],
    width: Double = 640, height: Double = 480, foot: Double = 0
  ) {
    self.title = title
    self.x = x
    self.y = y
    left = 66
    right = width - 26
    let places = Legend.places(keys, from: CanvasPoint(left, 76), to: right)
    let legendHeight = (places.last?.y ?? 56) - 76
    // A long legend makes the card higher instead of the plot lower.
    let height = height + max(0, legendHeight - Legend.rowHeight)
    canvas = SVGCanvas(width: width, height: height)
    canvas.card(title: title, subtitle: subtitle)
    canvas.legend(keys, at: places)
    top = 76 + legendHeight + 20
    bottom = height - 56 - foot
    drawGrid()
  }

  package var width: Double { right - left }
  package var height: Double { bottom - top }

  package func place(_ x: Double, _ y: Double) -> CanvasPoint {
    CanvasPoint(left + self.x.position(x) * width, bottom - self.y.position(y) * height)
  }

  package mutating func line(_ points: [CurvePoint], _ stroke: SVGCanvas.Stroke) {
    canvas.line(points.map { place($0.x, $0.y) }, stroke)
  }

  package mutating func dot(_ x: Double, _ y: Double, color: String, radius: Double = 4.5) {
    canvas.circle(place(x, y), radius: radius, color: color, border: PlotStyle.card)
  }

  /// Says in the middle why there is nothing to see.
  package mutating func note(_ words: String) {
    canvas.text(
      words, at: CanvasPoint((left + right) / 2, (top + bottom) / 2),
      .init(size: 14, anchor: .middle))
  }

  package var document: String { canvas.document(title: title) }

  private mutating func drawGrid() {
    for tick in y.ticks {
      let height = bottom - tick.position * height
      canvas.line(
        [CanvasPoint(left, height), CanvasPoint(right, height)], .init(color: PlotStyle.grid))
      canvas.text(tick.label, at: CanvasPoint(left - 8, height + 4), .init(anchor: .end))
    }
    for tick in x.ticks {
      let place = left + tick.position * width
      canvas.line(
        [CanvasPoint(place, top), CanvasPoint(place, bottom)], .init(color: PlotStyle.grid))
      canvas.text(tick.label, at: CanvasPoint(place, bottom + 18), .init(anchor: .middle))
    }
    canvas.line(
      [CanvasPoint(left, top), CanvasPoint(left, bottom), CanvasPoint(right, bottom)],
      .init(color: PlotStyle.axis))
    let title = SVGCanvas.Lettering(size: 13, color: PlotStyle.ink, anchor: .middle)
    canvas.text(x.title, at: CanvasPoint((left + right) / 2, bottom + 40), title)
    var upright = title
    upright.turn = -90
    canvas.text(y.title, at: CanvasPoint(20, (top + bottom) / 2), upright)
  }
}

/// Where the keys of a plot stand.
package enum Legend {
  static let rowHeight = 19.0
  static let sampleWidth = 26.0
  private static let gap = 18.0

  /// One place a key, in rows that end before `end`.
  package static func places(
    _ keys: [Plot.Key], from start: CanvasPoint, to end: Double
  ) -> [CanvasPoint] {
    var place = start
    return keys.map { key in
      let width = sampleWidth + PlotStyle.width(of: key.name, size: 12)
      if place.x > start.x, place.x + width > end {
        place = CanvasPoint(start.x, place.y + rowHeight)
      }
      defer { place.x += width + gap }
      return place
    }
  }
}

extension SVGCanvas {
  /// The white card, and what is written at its head.
  package mutating func card(title: String, subtitle: String) {
    rectangle(
      CanvasPoint(0.5, 0.5), width: width - 1, height: height - 1, color: PlotStyle.card,
      radius: 8, border: PlotStyle.cardBorder)
    text(
      title, at: CanvasPoint(20, 32), Lettering(size: 17, color: PlotStyle.ink, isBold: true))
    text(subtitle, at: CanvasPoint(20, 53), Lettering(size: 12.5))
  }

  package mutating func legend(_ keys: [Plot.Key], at places: [CanvasPoint]) {
    for (key, place) in zip(keys, places) {
      draw(key, at: place)
      text(
        key.name, at: CanvasPoint(place.x + Legend.sampleWidth, place.y + 4),
        Lettering(color: PlotStyle.ink))
    }
  }

  private mutating func draw(_ key: Plot.Key, at place: CanvasPoint) {
    let line = [place, CanvasPoint(place.x + 20, place.y)]
    switch key.shape {
    case .line: self.line(line, Stroke(color: key.color, width: 2.5))
    case .dashed: self.line(line, Stroke(color: key.color, width: 1.5, dash: PlotStyle.dash))
    case .dot:
      circle(
        CanvasPoint(place.x + 10, place.y), radius: 4.5, color: key.color, border: PlotStyle.card)
    case .bar:
      rectangle(
        CanvasPoint(place.x + 3, place.y - 6), width: 14, height: 12, color: key.color,
        opacity: 0.6, radius: 2)
    }
  }
}
