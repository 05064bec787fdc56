/// Sums and products of equally long vectors, always added in the same order.
enum DenseVectors {
  /// The scalar product: four sums over every fourth element, then added up.
  static func dot(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count, "vectors of one length")
    let count = left.count
    return unsafe left.withUnsafeBufferPointer { left in
      unsafe right.withUnsafeBufferPointer { right in
        // SAFETY: indices stay below the common count.
        var sums = SIMD4<Double>(repeating: 0)
        var index = 0
        while index &+ 4 <= count {
          let a = unsafe SIMD4(left[index], left[index &+ 1], left[index &+ 2], left[index &+ 3])
          let b = unsafe SIMD4(
            right[index], right[index &+ 1], right[index &+ 2], right[index &+ 3])
          sums += a * b
          index &+= 4
        }
        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
        while index < count {
          sum += unsafe left[index] * right[index]
          index &+= 1
        }
        return sum
      }
    }
  }

  static func norm(_ vector: [Double]) -> Double { dot(vector, vector).squareRoot() }

  /// Adds `factor` times `vector` to `target`.
  static func add(_ factor: Double, _ vector: [Double], to target: inout [Double]) {
    precondition(vector.count == target.count, "vectors of one length")
    let count = vector.count
    unsafe vector.withUnsafeBufferPointer { vector in
      unsafe target.withUnsafeMutableBufferPointer { target in
        // SAFETY: indices stay below the common count.
        for index in 0..<count { unsafe target[index] += factor * vector[index] }
      }
    }
  }
}
