import ByteKernels
import CZstd
import FoundationEssentials
import TestSupport
import TextAnalysis

/// What datatrove 0.10.1 with spaCy 3.8 says of 3,000 real documents.
///
/// `words.jsonl.zst`, which `Tests/Tools/datatrove-words.py` makes, holds the words it said it on.
struct Oracle {
  struct Verdict: Decodable {
    let keep: Bool
    let reason: String?
    let out_chars: Int?
  }

  struct Expected: Decodable {
    let id: String
    let gopher_repetition: Verdict
    let gopher_quality: Verdict
    let c4: Verdict
    let c4_terminal: Verdict
  }

  struct Case {
    let text: AnalyzedText
    let expected: Expected
    /// Datatrove's words, when the file is there.
    let words: [Word]?
  }

  private struct Source: Decodable { let text: String }
  private struct WordList: Decodable { let words: [String] }

  /// Every `step`th document; nil when the data is not there.
  static func cases(every step: Int, withWords: Bool = false) throws -> [Case]? {
    let folder = "conformance/datatrove-oracle"
    guard let documents = SharedData.path("\(folder)/docs.jsonl.zst"),
      let verdicts = SharedData.path("\(folder)/expected.jsonl.zst")
    else { return nil }
    let texts = try lines(documents)
    let expected = try lines(verdicts)
    let wordLists = try withWords ? SharedData.path("\(folder)/words.jsonl.zst").map(lines) : nil
    let decoder = JSONDecoder()
    return try stride(from: 0, to: texts.count, by: step).map { index in
      let text = Array(try decoder.decode(Source.self, from: texts[index]).text.utf8)
      let list = try wordLists.map { try decoder.decode(WordList.self, from: $0[index]).words }
      return Case(
        text: AnalyzedText(text),
        expected: try decoder.decode(Expected.self, from: expected[index]),
        words: list.map { words($0, in: text) })
    }
  }

  /// Words that stand in a text in this order, with their places.
  static func words(_ list: [String], in text: [UInt8]) -> [Word] {
    var offset = 0
    return list.map { word in
      let bytes = Array(word.utf8)
      while !text[offset...].starts(with: bytes) { offset += 1 }
      offset += bytes.count
      return Word((offset - bytes.count)..<offset, of: text)
    }
  }

  /// The lines of a packed file, as JSON decoders take them.
  private static func lines(_ path: String) throws -> [Data] {
    let plain = try unpack(path)
    var start = 0
    return ByteTally.offsets(of: 0x0A, in: plain.span).map { end in
      defer { start = end + 1 }
      return Data(plain[start..<end])
    }
  }

  private static func unpack(_ path: String) throws -> [UInt8] {
    let packed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let stream = unsafe ZSTD_createDStream()
    defer { unsafe ZSTD_freeDStream(stream) }
    var plain: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var position = 0
    // SAFETY: both buffers live through the call, and their sizes are passed.
    while position < packed.count {
      let written = unsafe packed.withUnsafeBytes { source in
        unsafe chunk.withUnsafeMutableBytes { target in
          var input = unsafe ZSTD_inBuffer(
            src: source.baseAddress, size: source.count, pos: position)
          var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          _ = unsafe ZSTD_decompressStream(stream, &output, &input)
          position = unsafe input.pos
          return unsafe output.pos
        }
      }
      plain.append(contentsOf: chunk[..<written])
    }
    return plain
  }
}
