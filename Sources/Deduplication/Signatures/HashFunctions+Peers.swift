/// The hash functions of other programs.
extension HashFunctions {
  private static let sparkPrime: Int32 = 2_038_074_743
  private static let mersennePrime31: UInt64 = 1 << 31 - 1
  private static let mersennePrime61: UInt64 = 1 << 61 - 1

  /// Those of Spark's MinHashLSH with as many hash tables.
  ///
  /// Source: `org.apache.spark.ml.feature.MinHashLSH.createRawLSHModel`; before Spark 2.4 (SPARK-24754)
  /// the arithmetic was another.
  static func spark(count: Int, seed: Int64) -> HashFunctions {
    var random = JavaRandom(seed: seed)
    return spark(
      coefficients: (0..<count).map { _ in
        let multiplier = 1 + random.next(below: sparkPrime - 1)
        return (Int(multiplier), Int(random.next(below: sparkPrime - 1)))
      })
  }

  /// Those of a MinHashLSHModel with the coefficients a and b of each hash table.
  static func spark(coefficients: [(Int, Int)]) -> HashFunctions {
    HashFunctions(
      .spark, bits: 32, parameters: coefficients.map { (UInt64($0.0), UInt64($0.1)) })
  }

  /// Those of NeMo Curator, which cuDF applies.
  ///
  /// Source: `GPUMinHash.generate_seeds` of NeMo Curator and cuDF's `minhash.cu`: of 32 bits the
  /// product and the sum wrap, so that the prime there changes nothing.
  static func nemo(count: Int, bits: Int, seed: UInt32) -> HashFunctions {
    var generator = MersenneTwister(seed: seed)
    let prime = bits == 32 ? mersennePrime31 : mersennePrime61
    let parameters = (0..<count).map { _ in
      let multiplier = generator.integer(in: 1..<prime)
      return (multiplier, generator.integer(in: 0..<prime))
    }
    return HashFunctions(
      bits == 32 ? .affine32 : .mersenne(takesHalf: false), bits: bits, parameters: parameters)
  }

  /// Those of datasketch 2 (`affine32`, `affine64`): all multipliers are drawn, then all offsets.
  static func datasketch(count: Int, bits: Int, seed: UInt32) -> HashFunctions {
    var generator = MersenneTwister(seed: seed)
    let half: UInt64 = 1 << UInt64(bits - 1)
    let multipliers = (0..<count).map { _ in generator.integer(in: 0..<half) * 2 + 1 }
    let offsets = (0..<count).map { _ in
      bits == 32
        ? UInt64(generator.next()) : UInt64(generator.next()) << 32 | UInt64(generator.next())
    }
    return HashFunctions(
      bits == 32 ? .affine32 : .affine64, bits: bits,
      parameters: Array(zip(multipliers, offsets)))
  }

  /// Those of datasketch before version 2 (`legacy`), of 32 bits.
  static func legacyDatasketch(count: Int, seed: UInt32) -> HashFunctions {
    var generator = MersenneTwister(seed: seed)
    let parameters = (0..<count).map { _ in
      let multiplier = generator.integer(in: 1..<mersennePrime61)
      return (multiplier, generator.integer(in: 0..<mersennePrime61))
    }
    return HashFunctions(.mersenne(takesHalf: true), bits: 32, parameters: parameters)
  }
}
