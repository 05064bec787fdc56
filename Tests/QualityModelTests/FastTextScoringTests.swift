import Glibc
import TestSupport
import Testing

@testable import QualityModel

struct FastTextScoringTests {
  @Test func `probabilities are fastText's to the last bit`() throws {
    let vectors = try FastTextVectors.shared.get()
    #expect(vectors.models.count == 26)
    let folder = try ScratchFolder()
    for gold in vectors.models {
      let model = try FastTextModel(path: folder.write(gold.name, [UInt8](gold.file)))
      #expect(model.labels == gold.labels, "\(gold.name)")
      #expect(model.dimension == gold.dimension, "\(gold.name)")
      var scratch = model.makeScratch()
      let texts = stride(from: 0, to: vectors.texts.count, by: gold.stride)
      #expect(texts.underestimatedCount == gold.probabilities.count)
      for (index, expected) in zip(texts, gold.probabilities) {
        let text = vectors.texts[index]
        let found = model.probabilities(text, &scratch).map(\.bitPattern)
        #expect(found == expected, "\(gold.name), text \(index)")
      }
    }
  }

  @Test func `every text has the probabilities of the reference, whatever was scored before`()
    throws
  {
    let vectors = try FastTextVectors.shared.get()
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 11)
    let words =
      vectors.texts.filter { $0.count < 100 } + [Array("__label__0".utf8), [0xC3, 0x28, 0x80]]
    let separators = Array(" \n\0\t  ".utf8)
    for gold in vectors.models {
      let file = [UInt8](gold.file)
      let model = try FastTextModel(path: folder.write(gold.name, file))
      var scratch = model.makeScratch()
      let reference = try FastTextReference(file)
      for length in [0, 1, 7, 32, 33, 600] {
        var text: [UInt8] = []
        for _ in 0..<length {
          text += words.randomElement(using: &generator) ?? []
          text.append(separators.randomElement(using: &generator) ?? 32)
        }
        // An end of a sentence inside would cut nearly all long texts short.
        if length > 2 { text.removeAll { $0 == UInt8(ascii: "/") } }
        #expect(
          model.probabilities(text, &scratch) == reference.probabilities(text),
          "\(gold.name), \(length)")
      }
    }
  }

  @Test func `newlines are spaces`() throws {
    let file = try FastTextVectors.shared.get().file("bigrams")
    let folder = try ScratchFolder()
    let model = try FastTextModel(path: folder.write("model", file))
    var scratch = model.makeScratch()
    let (text, line) = (Array("bread\n\nstone".utf8), Array("bread stone".utf8))
    let expected = model.probabilities(text, &scratch)
    #expect(model.probabilities(line, &scratch) == expected)
  }

  @Test func `a model of version 11 has no subwords, whatever its settings say`() throws {
    var file = try FastTextVectors.shared.get().file("subwords")
    var plain = file
    file[4] = 11
    (plain[44], plain[48]) = (0, 0)
    let folder = try ScratchFolder()
    let old = try FastTextModel(path: folder.write("old", file))
    let other = try FastTextModel(path: folder.write("plain", plain))
    var (oldScratch, otherScratch) = (old.makeScratch(), other.makeScratch())
    for text in ["bread", "breads and stones", ""].map({ Array($0.utf8) }) {
      #expect(
        old.probabilities(text, &oldScratch) == other.probabilities(text, &otherScratch))
    }
  }

  @Test func `exponentials have the bits of the C library`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<100_000 {
      let x = Float.random(in: -20...10, using: &generator)
      #expect(FastTextArithmetic.exponential(x) == expf(x), "\(x)")
    }
    for x: Float in [-200, -103.98, -103.97, -100, -88, -87.3, 0, -0.0, 1e-30, 88.72, 88.73, 200] {
      #expect(FastTextArithmetic.exponential(x) == expf(x), "\(x)")
    }
    #expect(FastTextArithmetic.exponential(.nan).isNaN)
  }

  @Test func `the tree is Huffman's, whatever the counts`() {
    var generator = SeededGenerator(seed: 4)
    for count in 1...40 {
      let counts = (0..<count).map { _ in Int.random(in: 0...9, using: &generator) }
      let tree = FastTextTree(counts: counts.sorted(by: >))
      // With all products 0 each step halves, so the probabilities add up to 1.
      let scores = tree.logarithms(Array(repeating: 0, count: count))
      let sum = scores.reduce(0) { $0 + ($1.map(FastTextArithmetic.exponential) ?? 0) }
      #expect(abs(sum - 1) < 0.01, "\(counts)")
    }
  }
}
