/// The binary tree of hierarchical softmax: Huffman's, over how often labels occurred.
struct FastTextTree: Sendable {
  /// The sum of all counts that fastText's construction stands for.
  static let countLimit = 1_000_000_000_000_000

  let labelCount: Int
  /// The two children of each inner node, the numbers of labels, or of inner nodes plus the label
  /// count; the last node is the root.
  private let children: [(left: Int, right: Int)]

  /// `counts` in the order of labels, none negative, their sum below `countLimit`.
  init(counts: [Int]) {
    labelCount = counts.count
    var totals = counts
    var children: [(left: Int, right: Int)] = []
    // fastText takes labels from the last one backwards, and nodes as they are made.
    var leaf = counts.count - 1
    var node = counts.count
    while children.count + 1 < counts.count {
      func takeLeast() -> Int {
        if leaf >= 0, node >= totals.count || totals[leaf] < totals[node] {
          leaf -= 1
          return leaf + 1
        }
        node += 1
        return node - 1
      }
      let left = takeLeast()
      let right = takeLeast()
      children.append((left, right))
      totals.append(totals[left] + totals[right])
    }
    self.children = children
  }

  /// The logarithm of each label's probability, from the scalar products of inner nodes; nil for a
  /// label that lies below a node with less than 0.00001, where fastText does not look further.
  func logarithms(_ products: [Float]) -> [Float?] {
    let least = FastTextArithmetic.logarithm(0)
    var scores = [Float?](repeating: nil, count: labelCount + children.count)
    scores[scores.count - 1] = 0
    // Children come before their parents, so from the root downwards each is ready when it is needed.
    for (index, child) in children.enumerated().reversed() {
      guard let score = scores[labelCount + index], score >= least else { continue }
      let toRight = Float(1 / Double(1 + FastTextArithmetic.exponential(-products[index])))
      let toLeft = Float(1 - Double(toRight))
      scores[child.left] = score + FastTextArithmetic.logarithm(toLeft)
      scores[child.right] = score + FastTextArithmetic.logarithm(toRight)
    }
    return scores.prefix(labelCount).map { $0.flatMap { $0 < least ? nil : $0 } }
  }
}
