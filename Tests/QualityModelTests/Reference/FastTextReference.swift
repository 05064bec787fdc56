import ByteKernels

@testable import QualityModel

/// fastText's predict in the plainest form: every row in a list, every number added in turn.
///
/// Written from the format and from what `Dictionary::getLine` and `Model::predict` of 0.9.2 do.
struct FastTextReference {
  let settings: FastTextSettings
  private var entries: [[UInt8]: Int] = [:]
  private var wordCount = 0
  private var kept: [Int: Int]?
  /// Floats of the input matrix, for models that are not quantised.
  private var input: [[Float]] = []
  private let output: FastTextOutput

  init(_ file: [UInt8]) throws {
    let content = try FastTextFile(file.span, path: "model")
    (settings, output) = (content.settings, content.output)
    let raw = file.span.raw
    wordCount = Int(raw.load32(68))
    let keptCount = Int(Int64(bitPattern: raw.load64(84)))
    var offset = 92
    for entry in 0..<Int(raw.load32(64)) {
      let word = file[offset...].prefix { $0 != 0 }
      entries[Array(word)] = entry
      offset += word.count + 10
    }
    if keptCount >= 0 {
      kept = [:]
      for _ in 0..<keptCount {
        kept?[Int(raw.load32(offset))] = Int(raw.load32(offset + 4))
        offset += 8
      }
    }
    switch content.input {
    case .dense(let start, let rowCount):
      let width = settings.dimension
      input = (0..<rowCount).map { row in
        (0..<width).map { Float(bitPattern: raw.load32(start + 4 * (row * width + $0))) }
      }
    case .quantised(let codes):
      let columns = codes.columns(file.span)
      let factors = codes.rowFactors(file.span)
      input = (0..<codes.rowCount).map { row in
        (0..<settings.dimension).map { column in
          (factors?[row] ?? 1) * columns[column * codes.rowCount + row]
        }
      }
    }
  }

  func probabilities(_ text: [UInt8]) -> [Float] {
    let rows = rows(text)
    var result = [Float](repeating: 0, count: output.labelCount)
    if rows.isEmpty { return result }
    var hidden = [Float](repeating: 0, count: settings.dimension)
    for row in rows {
      for column in hidden.indices { hidden[column] += input[row][column] }
    }
    let share = Float(1 / Double(rows.count))
    for column in hidden.indices { hidden[column] *= share }
    output.predict(hidden, into: &result)
    return result
  }

  /// The rows of a text in the order in which they are added.
  func rows(_ text: [UInt8]) -> [Int] {
    let separators: Set<UInt8> = [0, 9, 10, 11, 12, 13, 32]
    var words = text.split { separators.contains($0) }.map(Array.init)
    let mark = Array("</s>".utf8)
    words = Array(words.prefix { $0 != mark }) + [mark]
    var rows: [Int] = []
    var hashes: [UInt32] = []
    for word in words {
      if let entry = entries[word] {
        if entry >= wordCount { continue }
        rows.append(entry)
      } else if word.starts(with: "__label__".utf8) {
        continue
      }
      if word != mark { rows += subwords(word).compactMap { row(bucket: $0) } }
      hashes.append(hash(word))
    }
    for start in hashes.indices {
      var sum = widened(hashes[start])
      for next in hashes.indices where next > start && next < start + settings.wordNgrams {
        sum = sum &* 116_049_371 &+ widened(hashes[next])
        if let row = row(bucket: sum % UInt64(settings.bucketCount)) { rows.append(row) }
      }
    }
    return rows
  }

  private func subwords(_ word: [UInt8]) -> [UInt64] {
    var characters: [[UInt8]] = []
    for byte in Array("<".utf8) + word + Array(">".utf8) {
      if byte & 0xC0 != 0x80 || characters.isEmpty {
        characters.append([byte])
      } else {
        characters[characters.count - 1].append(byte)
      }
    }
    var buckets: [UInt64] = []
    for start in characters.indices {
      for length in 0...settings.longestSubword
      where length >= max(1, settings.shortestSubword) && start + length <= characters.count {
        let isMark = length == 1 && (start == 0 || start == characters.count - 1)
        if isMark { continue }
        let ngram = characters[start..<start + length].flatMap { $0 }
        buckets.append(UInt64(hash(ngram)) % UInt64(settings.bucketCount))
      }
    }
    return buckets
  }

  private func row(bucket: UInt64) -> Int? {
    guard let kept else { return wordCount + Int(bucket) }
    return kept[Int(bucket)].map { wordCount + $0 }
  }

  private func hash(_ bytes: [UInt8]) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes {
      hash ^= byte < 0x80 ? UInt32(byte) : 0xFFFF_FF00 | UInt32(byte)
      hash &*= 16_777_619
    }
    return hash
  }

  private func widened(_ hash: UInt32) -> UInt64 {
    hash < 0x8000_0000 ? UInt64(hash) : 0xFFFF_FFFF_0000_0000 | UInt64(hash)
  }
}
