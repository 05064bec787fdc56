internal import ByteKernels

/// The weights of a model as bytes.
///
/// `weights.bin`, all numbers little-endian:
///
///     0       8 bytes   "GristQM1"
///     8       u64       XXH64 of model.json, so that the two belong together
///     16      u32       feature count
///     20      u32       weight count n
///     24      n * u32   features with a weight, ascending
///             0 or 4    zero bytes, up to a multiple of 8
///             n * f64   their weights
///             u64       XXH64 of everything before
enum WeightsFile {
  private static let magic = Array("GristQM1".utf8)
  private static let headerByteCount = 24

  static func bytes(_ model: QualityModel, descriptionChecksum: UInt64) -> [UInt8] {
    var bytes = magic
    bytes.append(littleEndian: descriptionChecksum)
    bytes.append(littleEndian: UInt32(model.features.featureCount))
    bytes.append(littleEndian: UInt32(model.weights.count))
    for feature in model.weightedFeatures { bytes.append(littleEndian: feature) }
    if model.weights.count % 2 == 1 { bytes.append(littleEndian: UInt32(0)) }
    for weight in model.weights { bytes.append(littleEndian: weight.bitPattern) }
    bytes.append(littleEndian: XXH64.hash(bytes.span))
    return bytes
  }

  /// Reads the weights that belong to a description with the given checksum.
  static func parse(
    _ bytes: Span<UInt8>, _ path: String, _ description: ModelDescription,
    descriptionChecksum: UInt64
  ) throws(QualityModelError) -> (features: [UInt32], weights: [Double]) {
    func failure(_ message: String, at offset: Int? = nil) -> QualityModelError {
      QualityModelError(path: path, byteOffset: offset, message: message)
    }
    let raw = bytes.raw
    guard bytes.count >= headerByteCount + 8,
      magic.indices.allSatisfy({ bytes[$0] == magic[$0] })
    else { throw failure("is not a file of model weights", at: 0) }
    let weightCount = Int(raw.load32(20))
    let weightStart = headerByteCount + 4 * (weightCount + weightCount % 2)
    let end = weightStart + 8 * weightCount
    guard bytes.count == end + 8 else {
      throw failure("has \(bytes.count) bytes where \(end + 8) belong; copy the model again")
    }
    guard XXH64.hash(bytes.extracting(0..<end)) == raw.load64(end) else {
      throw failure("does not match its checksum; copy the model again", at: end)
    }
    guard raw.load64(8) == descriptionChecksum, weightCount == description.weightCount,
      Int(raw.load32(16)) == description.featureCount
    else { throw failure("belongs to another model.json; both come from one training", at: 8) }
    var features: [UInt32] = []
    var weights: [Double] = []
    for position in 0..<weightCount {
      let feature = raw.load32(headerByteCount + 4 * position)
      let weight = Double(bitPattern: raw.load64(weightStart + 8 * position))
      let ascends = features.last.map { $0 < feature } ?? true
      guard ascends, Int(feature) < description.featureCount, weight.isFinite else {
        throw failure("weight \(position) is out of order, range or number")
      }
      features.append(feature)
      weights.append(weight)
    }
    return (features, weights)
  }
}
