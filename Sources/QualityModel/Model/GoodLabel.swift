/// Which of several labels good texts have, where nobody says it.
package enum GoodLabel {
  /// What the label of good texts is called in models that people share, in lower case.
  private static let words: Set = ["hq", "positive", "pos", "good", "high", "keep"]

  /// The position of the label whose name plainly means good; nil when no name does, or more than one.
  ///
  /// Of two labels that is 1 too, unless the other is a greater number. Among more of them a number is a
  /// rating or a class like any other.
  package static func position(in labels: [String]) -> Int? {
    let positions = labels.indices.filter { position in
      words.contains(labels[position].lowercased())
        || labels.count == 2 && isOne(labels[position], notBelow: labels[1 - position])
    }
    return positions.count == 1 ? positions[0] : nil
  }

  private static func isOne(_ label: String, notBelow other: String) -> Bool {
    guard Double(label) == 1 else { return false }
    return Double(other).map { $0 < 1 } ?? true
  }
}
