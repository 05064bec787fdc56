/// A point of a curve in the unit square.
package struct CurvePoint: Sendable, Equatable {
  package let x: Double
  package let y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}
