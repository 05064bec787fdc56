internal import ByteKernels

/// The weights of a model as bytes.
///
/// `weights.bin`, all numbers little-endian:
///
///     0       8 bytes       "GristQM2"
///     8       u64           XXH64 of model.json, so that the two belong together
///     16      u32           feature count
///     20      u32           rows r
///     24      u32           features with a weight n
///     28      u32           inverse document frequencies d: 0, or the feature count
///     32      n * u32       features with a weight, ascending
///             0 or 4        zero bytes, up to a multiple of 8
///             n * r * f64   their weights, all rows of a feature together
///             d * f64       inverse document frequencies
///             u64           XXH64 of everything before
enum WeightsFile {
  private static let magic = Array("GristQM2".utf8)
  private static let headerByteCount = 32

  static func bytes(_ model: LinearModel, descriptionChecksum: UInt64) -> [UInt8] {
    let weights = model.weights
    var bytes = magic
    bytes.append(littleEndian: descriptionChecksum)
    bytes.append(littleEndian: UInt32(model.features.featureCount))
    bytes.append(littleEndian: UInt32(weights.rowCount))
    bytes.append(littleEndian: UInt32(weights.features.count))
    bytes.append(littleEndian: UInt32(model.inverseDocumentFrequencies.count))
    for feature in weights.features { bytes.append(littleEndian: feature) }
    if weights.features.count % 2 == 1 { bytes.append(littleEndian: UInt32(0)) }
    for weight in weights.weights { bytes.append(littleEndian: weight.bitPattern) }
    for number in model.inverseDocumentFrequencies {
      bytes.append(littleEndian: number.bitPattern)
    }
    bytes.append(littleEndian: XXH64.hash(bytes.span))
    return bytes
  }

  /// Reads the weights that belong to a description with the given checksum.
  static func parse(
    _ bytes: Span<UInt8>, _ path: String, _ description: ModelDescription,
    descriptionChecksum: UInt64
  ) throws(QualityModelError) -> (WeightMatrix, inverseDocumentFrequencies: [Double]) {
    func failure(_ message: String, at offset: Int? = nil) -> QualityModelError {
      QualityModelError(path: path, byteOffset: offset, message: message)
    }
    let raw = bytes.raw
    guard bytes.count >= headerByteCount + 8,
      magic.indices.allSatisfy({ bytes[$0] == magic[$0] })
    else { throw failure("is not a file of model weights", at: 0) }
    let rowCount = description.intercepts.count
    let featureCount = description.features.featureCount
    let frequencyCount = description.hasInverseDocumentFrequencies ? featureCount : 0
    guard raw.load64(8) == descriptionChecksum, Int(raw.load32(16)) == featureCount,
      Int(raw.load32(20)) == rowCount, Int(raw.load32(24)) == description.weightCount,
      Int(raw.load32(28)) == frequencyCount
    else { throw failure("belongs to another model.json; both come from one training", at: 8) }
    let weightCount = description.weightCount
    let weightStart = headerByteCount + 4 * (weightCount + weightCount % 2)
    let end = weightStart + 8 * (weightCount * rowCount + frequencyCount)
    guard bytes.count == end + 8 else {
      throw failure("has \(bytes.count) bytes where \(end + 8) belong; copy the model again")
    }
    guard XXH64.hash(bytes.extracting(0..<end)) == raw.load64(end) else {
      throw failure("does not match its checksum; copy the model again", at: end)
    }
    guard let features = features(bytes, count: weightCount, below: featureCount) else {
      throw failure("has features out of order or range", at: headerByteCount)
    }
    let numbers = numbers(bytes.extracting(weightStart..<end))
    if let position = numbers.firstIndex(where: { !$0.isFinite }) {
      throw failure("weight \(position) is not a finite number", at: weightStart + 8 * position)
    }
    let matrix = WeightMatrix(
      rowCount: rowCount, features: features,
      weights: Array(numbers.prefix(weightCount * rowCount)), intercepts: description.intercepts,
      sumsFromIntercepts: description.sumsFromIntercepts ?? false)
    return (matrix, Array(numbers.dropFirst(weightCount * rowCount)))
  }

  private static func numbers(_ bytes: Span<UInt8>) -> [Double] {
    (0..<(bytes.count / 8)).map { Double(bitPattern: bytes.raw.load64(8 * $0)) }
  }

  /// The features with a weight; nil unless they ascend and stay below `limit`.
  private static func features(
    _ bytes: Span<UInt8>, count: Int, below limit: Int
  ) -> [UInt32]? {
    var features: [UInt32] = []
    for position in 0..<count {
      let feature = bytes.raw.load32(headerByteCount + 4 * position)
      guard features.last.map({ $0 < feature }) ?? true, Int(feature) < limit else { return nil }
      features.append(feature)
    }
    return features
  }
}
