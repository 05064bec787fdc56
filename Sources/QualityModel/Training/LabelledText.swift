/// A text that is known to be good or bad.
package struct LabelledText: Sendable {
  /// UTF-8.
  package var text: [UInt8]
  package var isPositive: Bool
  /// How many texts this one stands for; not negative.
  package var weight: Double

  package init(text: [UInt8], isPositive: Bool, weight: Double = 1) {
    self.text = text
    self.isPositive = isPositive
    self.weight = weight
  }
}
