/// The rules of a SentencePiece `precompiled_charsmap`: what strings of characters are replaced by.
///
/// ```
/// byte count of the trie    32 bits, little-endian
/// trie                      darts-clone's units; a value is a place in what follows
/// replacements              UTF-8, a zero byte after each
/// ```
package final class CharacterMap: Sendable, Equatable {
  /// What the file holds.
  package let bytes: [UInt8]
  let trie: DoubleArray
  let replacements: [UInt8]

  /// SentencePiece looks at so many rules that a text begins with.
  static let ruleLimit = 32
  /// Longer replacements would let a short text fill the memory; NFKC's longest has 33 bytes.
  private static let longestReplacement = 1024

  /// Refuses bytes that are no such map, or whose rules lead astray.
  package init(_ bytes: [UInt8]) throws(VocabularyError) {
    self.bytes = bytes
    guard bytes.count > 4 else { throw Self.fault("it has \(bytes.count) bytes") }
    let trieByteCount = Int(Self.word(bytes, 0))
    guard trieByteCount < bytes.count - 4, trieByteCount >= 1024, trieByteCount % 1024 == 0 else {
      throw Self.fault("byte 0 says its trie is \(trieByteCount) bytes")
    }
    replacements = Array(bytes[(4 + trieByteCount)...])
    guard replacements.last == 0 else { throw Self.fault("no zero byte ends its replacements") }
    let words = stride(from: 4, to: 4 + trieByteCount, by: 4).map { Self.word(bytes, $0) }
    guard let trie = DoubleArray(words, valueLimit: replacements.count) else {
      throw Self.fault("its trie leads out of itself or round in circles")
    }
    self.trie = trie
    try checkReplacements()
  }

  package static func == (a: CharacterMap, b: CharacterMap) -> Bool {
    a.bytes == b.bytes
  }

  /// The text that a rule's value stands for.
  func replacement(_ value: Int) -> ArraySlice<UInt8> {
    var end = value
    while replacements[end] != 0 { end += 1 }
    return replacements[value..<end]
  }

  private func checkReplacements() throws(VocabularyError) {
    for value in Set(trie.values).sorted() {
      var end = value
      while replacements[end] != 0, end - value <= Self.longestReplacement { end += 1 }
      let text = replacements[value..<end]
      if text.count > Self.longestReplacement || String(validating: text, as: UTF8.self) == nil {
        throw Self.fault("the replacement at \(value) is too long or not UTF-8")
      }
    }
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  private static func fault(_ message: String) -> VocabularyError {
    VocabularyError(message: "its character map is broken: \(message)")
  }
}
