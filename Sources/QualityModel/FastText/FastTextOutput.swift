internal import ByteKernels

/// The output matrix of a model, a row for each label or node, and how it becomes probabilities.
struct FastTextOutput: Sendable {
  let labelCount: Int
  let loss: FastTextSettings.Loss
  /// Column after column, so that the products of all rows grow side by side.
  let columns: [Float]
  /// What each row's product is multiplied with in the end; nil for a matrix that is not quantised
  /// by norm.
  let factors: [Float]?
  /// With hierarchical softmax alone.
  let tree: FastTextTree?

  /// Puts the probability of every label for a text of this mean of rows into `probabilities`.
  func predict(_ hidden: [Float], into probabilities: inout [Float]) {
    multiply(hidden, into: &probabilities)
    if let tree {
      for (label, score) in tree.logarithms(probabilities).enumerated() {
        probabilities[label] = score.map(FastTextArithmetic.exponential) ?? 0
      }
      return
    }
    if loss == .softmax {
      Self.softmax(&probabilities)
    } else {
      for label in probabilities.indices {
        probabilities[label] = FastTextArithmetic.tabledSigmoid(probabilities[label])
      }
    }
    for label in probabilities.indices {
      let logarithm = FastTextArithmetic.logarithm(probabilities[label])
      probabilities[label] = FastTextArithmetic.exponential(logarithm)
    }
  }

  /// The scalar product of each row with `hidden`, its terms added in ascending order.
  private func multiply(_ hidden: [Float], into products: inout [Float]) {
    for label in products.indices { products[label] = 0 }
    var position = 0
    for value in hidden {
      for label in products.indices {
        products[label] += columns[position + label] * value
      }
      position += labelCount
    }
    guard let factors else { return }
    for label in products.indices { products[label] *= factors[label] }
  }

  /// Exponentials in double precision, their sum in single precision, as fastText has it.
  private static func softmax(_ values: inout [Float]) {
    let greatest = values.max() ?? 0
    var sum: Float = 0
    for label in values.indices {
      values[label] = Float(
        ElementaryFunctions.exponential(Double(values[label] - greatest)))
      sum += values[label]
    }
    for label in values.indices { values[label] /= sum }
  }
}
