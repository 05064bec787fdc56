internal import Reports

/// Reduces a curve, given point by point from left to right, to a few hundred points that look the same.
///
/// Of each 1/1024 of the width the first, lowest, highest and last point are kept (M4, Jugel et al.
/// 2014), and of these the ones that stray from straight lines (Douglas and Peucker 1973). Memory does
/// not grow with the number of points.
struct CurveThinner {
  static let maximumPointCount = 400
  private static let columnCount = 1024.0
  /// A quarter of a pixel in a plot 500 pixels wide.
  private static let tolerance = 0.0005

  private var kept: [CurvePoint] = []
  private var column = -1
  /// First, lowest, highest and last of the column, each with its place in the column.
  private var extremes: [(place: Int, point: CurvePoint)] = []
  private var place = 0

  mutating func add(_ point: CurvePoint) {
    let next = Int(point.x * Self.columnCount)
    if next != column || extremes.isEmpty {
      flush()
      column = next
      place = 0
      extremes = Array(repeating: (0, point), count: 4)
    }
    if point.y < extremes[1].point.y { extremes[1] = (place, point) }
    if point.y > extremes[2].point.y { extremes[2] = (place, point) }
    extremes[3] = (place, point)
    place += 1
  }

  mutating func finish() -> [CurvePoint] {
    flush()
    var tolerance = Self.tolerance
    var points = Self.simplified(kept, tolerance: tolerance)
    while points.count > Self.maximumPointCount {
      tolerance *= 1.5
      points = Self.simplified(kept, tolerance: tolerance)
    }
    return points
  }

  private mutating func flush() {
    var last = -1
    for (place, point) in extremes.sorted(by: { $0.place < $1.place }) where place != last {
      kept.append(point)
      last = place
    }
    extremes = []
  }

  private static func simplified(_ points: [CurvePoint], tolerance: Double) -> [CurvePoint] {
    if points.count < 3 { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var stretches = [0..<(points.count - 1)]
    while let stretch = stretches.popLast() {
      var farthest = (index: 0, distance: tolerance)
      for index in stretch.dropFirst() {
        let distance = distance(
          of: points[index], from: points[stretch.lowerBound], to: points[stretch.upperBound])
        if distance > farthest.distance { farthest = (index, distance) }
      }
      if farthest.index == 0 { continue }
      isKept[farthest.index] = true
      stretches.append(stretch.lowerBound..<farthest.index)
      stretches.append(farthest.index..<stretch.upperBound)
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  /// The distance of a point from the straight line between two others.
  private static func distance(
    of point: CurvePoint, from start: CurvePoint, to end: CurvePoint
  ) -> Double {
    let (width, height) = (end.x - start.x, end.y - start.y)
    let (x, y) = (point.x - start.x, point.y - start.y)
    let square = width * width + height * height
    // Behind either end it is the end that is nearest.
    let along = square == 0 ? 0 : min(max((x * width + y * height) / square, 0), 1)
    let (dx, dy) = (x - along * width, y - along * height)
    return (dx * dx + dy * dy).squareRoot()
  }
}

extension ScoreRanking {
  /// The share of bad texts kept (x) and of good ones (y) as the threshold falls; empty without either.
  var rocCurve: [CurvePoint] {
    if positives.isEmpty || negatives.isEmpty { return [] }
    var thinner = CurveThinner()
    thinner.add(CurvePoint(0, 0))
    for cut in self {
      thinner.add(
        CurvePoint(
          Double(cut.falsePositiveCount) / Double(negatives.count),
          Double(cut.truePositiveCount) / Double(positives.count)))
    }
    return thinner.finish()
  }

  /// Recall (x) and precision (y) as the threshold falls, in stairs; empty without good texts.
  var precisionRecallCurve: [CurvePoint] {
    if positives.isEmpty { return [] }
    var thinner = CurveThinner()
    var before = 0.0
    for cut in self {
      let recall = Double(cut.truePositiveCount) / Double(positives.count)
      let precision = Double(cut.truePositiveCount) / Double(cut.keptCount)
      thinner.add(CurvePoint(before, precision))
      thinner.add(CurvePoint(recall, precision))
      before = recall
    }
    return thinner.finish()
  }
}
