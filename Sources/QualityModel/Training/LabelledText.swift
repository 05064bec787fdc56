/// A text and the label it is known to have.
package struct LabelledText: Sendable {
  /// UTF-8.
  package var text: [UInt8]
  /// The position of its label among the labels of the model.
  package var label: Int
  /// How many texts this one stands for; not negative.
  package var weight: Double
  /// The fold that cross-validation holds it out with.
  package var fold: UInt8

  package init(text: [UInt8], label: Int, weight: Double = 1, fold: UInt8 = 0) {
    self.text = text
    self.label = label
    self.weight = weight
    self.fold = fold
  }
}
