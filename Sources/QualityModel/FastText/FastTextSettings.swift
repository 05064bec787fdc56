/// What a fastText model was trained with, as far as scoring depends on it.
struct FastTextSettings: Equatable, Sendable {
  /// fastText's `loss_name`.
  enum Loss: Int, Sendable {
    case hierarchicalSoftmax = 1
    case negativeSampling, softmax, oneVsAll
  }

  static let magic = 793_712_314
  /// A supervised model in fastText's `model_name`.
  private static let supervised = 3

  /// Numbers a row of either matrix has.
  let dimension: Int
  /// The longest n-gram of words that has a row.
  let wordNgrams: Int
  let loss: Loss
  /// Rows that n-grams share by their hash.
  let bucketCount: Int
  /// The lengths of the n-grams of characters that have a row, in code points; none when the
  /// longest is 0.
  let shortestSubword: Int
  let longestSubword: Int

  /// Reads the head of a file, magic number and version included.
  init(_ cursor: inout FastTextCursor) throws(QualityModelError) {
    guard cursor.rest >= 8, try cursor.int32("the magic number") == Self.magic else {
      throw cursor.failure("is not a fastText model", at: 0)
    }
    let version = try cursor.int32("the version", in: 11...12)
    dimension = try cursor.int32("the dimension", in: 1...1 << 20)
    _ = try cursor.skip(16, "the training settings")
    wordNgrams = try cursor.int32("the length of word n-grams", in: 0...64)
    let lossPlace = cursor.offset
    guard let loss = Loss(rawValue: try cursor.int32("the loss")) else {
      throw cursor.failure("has a loss that fastText 0.9.2 does not know", at: lossPlace)
    }
    self.loss = loss
    let kindPlace = cursor.offset
    guard try cursor.int32("the kind of model") == Self.supervised else {
      throw cursor.failure(
        "holds word vectors and no classifier; train with `fasttext supervised`", at: kindPlace)
    }
    let bucketPlace = cursor.offset
    bucketCount = try cursor.int32("the bucket count", in: 0...Int(Int32.max))
    shortestSubword = try cursor.int32("the shortest subword", in: 0...64)
    let longest = try cursor.int32("the longest subword", in: 0...64)
    // Supervised models of version 11 were trained without subwords, whatever stands there.
    longestSubword = version == 11 ? 0 : longest
    _ = try cursor.skip(12, "the training settings")
    guard bucketCount > 0 || (wordNgrams <= 1 && longestSubword == 0) else {
      throw cursor.failure("has n-grams and no buckets for them", at: bucketPlace)
    }
  }
}
