import ByteKernels
import TestSupport
import Testing

@testable import QualityModel

struct FastTextFileTests {
  let folder: ScratchFolder
  let vectors: FastTextVectors

  init() throws {
    folder = try ScratchFolder()
    vectors = try FastTextVectors.shared.get()
  }

  func failure(_ file: [UInt8]) -> QualityModelError? {
    do throws(QualityModelError) {
      _ = try FastTextFile(file.span, path: "model.bin")
      return nil
    } catch {
      return error
    }
  }

  func changed(_ file: [UInt8], at offset: Int, to value: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: value)
    return Array(file[..<offset]) + bytes + file[(offset + 4)...]
  }

  @Test(arguments: [
    (0, 7, 0, "is not a fastText model"),
    (4, 13, 4, "the version is 13 and should be 11 to 12"),
    (4, 10, 4, "the version is 10"),
    (8, -1, 8, "the dimension is -1 and should be 1 to"),
    (8, 7, nil, "the input matrix has 11 rows of 6 numbers where"),
    (28, Int32.max, 28, "the length of word n-grams is"),
    (32, 5, 32, "has a loss that fastText 0.9.2 does not know"),
    (36, 2, 36, "holds word vectors and no classifier"),
    (40, -1, 40, "the bucket count is -1"),
    (40, 1, nil, "the input matrix has 11 rows of 6 numbers where 12 or more of 6 belong"),
    (44, -1, 44, "the shortest subword is -1"),
    (48, -1, 48, "the longest subword is -1"),
    (48, 3, 40, "has n-grams and no buckets for them"),
    (64, Int32.max, 64, "are said to make 2147483647 entries"),
    (68, -1, 68, "the word count is -1"),
    (72, 0, 72, "the label count is 0"),
    (72, 3, 64, "11 words and 3 labels are said to make 13 entries"),
    (84, 5, 84, "the pruning table has"),
  ])
  func `a wrong field is named with its place`(
    offset: Int, value: Int32, place: Int?, message: String
  ) {
    let error = failure(changed(vectors.file("softmax"), at: offset, to: value))
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    if let place { #expect(error?.byteOffset == place) }
  }

  @Test func `bytes after the model are refused`() {
    let file = vectors.file("softmax")
    #expect(failure(file) == nil)
    #expect(
      failure(file + [0, 0])
        == QualityModelError(
          path: "model.bin", byteOffset: file.count,
          message: "2 bytes follow the model; copy it again"))
  }

  @Test(arguments: [Float.nan, -.nan, .infinity, -.infinity, 0x1p24, -0x1p24, 1e38])
  func `weights that are no numbers, or too large to be added up, are refused`(weight: Float) {
    let file = vectors.file("softmax")
    let bits = Int32(bitPattern: weight.bitPattern)
    for place in [file.count - 4, file.count - 48, file.count - 48 - 17 - 4 * 6] {
      let error = failure(changed(file, at: place, to: bits))
      #expect(error?.byteOffset == place, "\(String(describing: error))")
      #expect(error?.message.hasPrefix("a weight is not a number below 16777216") == true)
    }
    #expect(failure(changed(file, at: file.count - 4, to: 0x4B7F_FFFF)) == nil)
  }

  @Test(arguments: ["softmax", "quantised-norm", "pruned-hs", "quantised-output"])
  func `every truncation is refused`(name: String) {
    let file = vectors.file(name)
    for length in stride(from: 0, to: file.count, by: file.count > 2000 ? 41 : 1) {
      let error = failure(Array(file[..<length]))
      #expect((error?.byteOffset ?? Int.max) <= length, "\(length)")
    }
  }

  @Test(arguments: ["subwords-hs", "quantised-parts-3", "pruned-subwords", "bigrams"])
  func `a damaged byte is refused or harmless`(name: String) throws {
    let file = vectors.file(name)
    let text = Array("bread stone naïve 日本語 unknown __label__0 water".utf8)
    for place in stride(from: 0, to: file.count, by: file.count > 4000 ? 97 : 13) {
      for value: UInt8 in [0, 0x7F, 0x80, 0xFF] where file[place] != value {
        var damaged = file
        damaged[place] = value
        guard failure(damaged) == nil else { continue }
        let model = try FastTextModel(path: folder.write(name, damaged))
        var scratch = model.makeScratch()
        let probabilities = model.probabilities(text, &scratch)
        #expect(probabilities.allSatisfy { $0 >= 0 && $0 <= 1.0001 }, "\(place)")
      }
    }
  }

  @Test func `words made to collide are refused before they take long`() {
    let file = vectors.file("few-words")
    let words = CollidingWords.all
    let first = words.first.map { FastTextWordTable.hash($0.span) }
    #expect(words.allSatisfy { FastTextWordTable.hash($0.span) == first })
    var damaged = Array(file[..<64])
    let count = Int32(words.count)
    damaged.append(littleEndian: count + 1)
    damaged.append(littleEndian: count)
    damaged.append(littleEndian: Int32(1))
    damaged.append(littleEndian: Int64(1))
    damaged.append(littleEndian: Int64(-1))
    for word in words { damaged += word + [0, 1, 0, 0, 0, 0, 0, 0, 0, 0] }
    let error = failure(damaged)
    #expect(error?.message.hasPrefix("too many entries have the same hash") == true)
  }

  @Test func `buckets made to collide are refused before they take long`() {
    // 1100 buckets get 4096 places; these have the first one.
    var pairs: [(bucket: UInt32, row: UInt32)] = []
    var bucket: UInt32 = 0
    while pairs.count < 1100 {
      if (UInt64(bucket) &* 0x9E37_79B9_7F4A_7C15) >> 32 & 0xFFF == 0 { pairs.append((bucket, 0)) }
      bucket += 1
    }
    #expect(FastTextBuckets(bucketCount: 1 << 30, firstRow: 0, kept: pairs) == nil)
    pairs.removeLast(101)
    #expect(FastTextBuckets(bucketCount: 1 << 30, firstRow: 0, kept: pairs) != nil)
  }

  @Test func `a model is told by its first bytes`() throws {
    let file = vectors.file("softmax")
    #expect(FastTextModel.isFastText(path: try folder.write("a", file)))
    #expect(FastTextModel.isFastText(path: try folder.write("b", Array(file[..<4]))))
    #expect(!FastTextModel.isFastText(path: try folder.write("c", Array(file[..<3]))))
    #expect(!FastTextModel.isFastText(path: try folder.write("d", Array(file[1...]))))
    #expect(!FastTextModel.isFastText(path: folder.path))
    #expect(!FastTextModel.isFastText(path: folder.path("nothing")))
    #expect(!FastTextModel.isFastText(path: "-"))
  }

  @Test func `a file that is not there is named`() {
    let path = folder.path("nothing")
    #expect(
      throws: QualityModelError(path: path, message: "cannot open: No such file or directory")
    ) {
      _ = try FastTextModel(path: path)
    }
  }
}
