/// A drawing and the name of the file it goes into.
package struct NamedPlot: Sendable, Equatable {
  package let fileName: String
  /// SVG 1.1, the same bytes for the same report.
  package let svg: String

  package init(fileName: String, svg: String) {
    self.fileName = fileName
    self.svg = svg
  }
}
