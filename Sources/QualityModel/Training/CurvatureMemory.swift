/// What L-BFGS knows of the curvature: the last steps and how the gradient changed along them.
///
/// Source: Nocedal and Wright, Numerical Optimization, algorithm 7.4.
struct CurvatureMemory {
  private static let capacity = 10

  /// Newest first.
  private var pairs: [(step: [Double], change: [Double], product: Double)] = []

  mutating func add(step: [Double], gradientChange: [Double]) {
    pairs.insert((step, gradientChange, DenseVectors.dot(step, gradientChange)), at: 0)
    if pairs.count > Self.capacity { pairs.removeLast() }
  }

  mutating func forget() {
    pairs.removeAll()
  }

  /// The quasi-Newton direction downhill; nil when the memory contradicts itself.
  func direction(_ gradient: [Double]) -> [Double]? {
    var direction = gradient
    var scale = 1.0
    if let newest = pairs.first {
      guard newest.product >= 0 else { return nil }
      scale = newest.product / DenseVectors.dot(newest.change, newest.change)
    }
    var shares: [Double] = []
    for pair in pairs {
      let share = DenseVectors.dot(pair.step, direction) / pair.product
      if share.isNaN { return nil }
      shares.append(share)
      DenseVectors.add(-share, pair.change, to: &direction)
    }
    for index in direction.indices { direction[index] *= scale }
    for (pair, share) in zip(pairs, shares).reversed() {
      let back = DenseVectors.dot(pair.change, direction) / pair.product
      DenseVectors.add(share - back, pair.step, to: &direction)
    }
    for index in direction.indices { direction[index] = -direction[index] }
    return direction
  }
}
