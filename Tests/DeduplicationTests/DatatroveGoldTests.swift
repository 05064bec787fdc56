import ByteKernels
import FoundationEssentials
import TestSupport
import Testing
import TextAnalysis

@testable import Deduplication

/// What datatrove makes of texts, written by `Tests/Tools/generate-datatrove-gold.py`: a sample in the
/// fixtures, and as much as one likes in the files that GRISTMILL_DATATROVE_GOLD names.
struct DatatroveGoldTests {
  static let paths: [String] = {
    let more = ProcessInfo.processInfo.environment["GRISTMILL_DATATROVE_GOLD"]
    return ["\(SourceTree.root)/Tests/Fixtures/Deduplication/datatrove.tsv"]
      + (more.map { $0.split(separator: ",").map(String.init) } ?? [])
  }()

  @Test(arguments: paths) func `words are those of datatrove`(path: String) throws {
    let words = DatatroveWords()
    var (caseCount, wrongCount) = (0, 0)
    for fields in try DatatroveGold.rows(path) {
      caseCount += 1
      let text = DatatroveGold.unescaped(fields[0])
      let found = words.all(of: text.span)
      if found[...] == fields[1].dropLast() { continue }
      wrongCount += 1
      if wrongCount <= 20 { Issue.record("\(DatatroveGold.difference(found[...], fields[1]))") }
    }
    #expect(caseCount > 100)
    #expect(wrongCount == 0, "of \(caseCount)")
  }

  /// The settings of the tool's CONFIGURATIONS, in its order.
  static let configurations: [DeduplicationSettings] = {
    func make(
      _ size: Int, _ bands: Int, _ rows: Int, seed: Int, _ hash: HashName, bits: Int
    ) -> DeduplicationSettings {
      var settings = DeduplicationProfile.datatrove.settings
      (settings.shingleSize, settings.bands, settings.rows) = (size, bands, rows)
      (settings.hash, settings.hashBits, settings.hashSeed) = (hash, bits, seed)
      return settings
    }
    return [
      DeduplicationProfile.datatrove.settings,
      make(3, 9, 13, seed: 42, .datatroveSHA1, bits: 64),
      make(1, 5, 1, seed: 7, .datatrove, bits: 32),
      make(8, 20, 5, seed: 4_294_967_295, .datatroveSHA1, bits: 32),
    ]
  }()

  @Test(arguments: paths) func `signatures are those of datatrove to the bit`(path: String) throws {
    for settings in Self.configurations { try settings.validate() }
    // The seed is the settings' own.
    let signers = try Self.configurations.map { try Signer($0, seed: 99) }
    var wrongCounts = [0, 0, 0, 0]
    for fields in try DatatroveGold.rows(path) {
      let text = DatatroveGold.unescaped(fields[0])
      for (number, expected) in fields[2...].enumerated() {
        let minHashes = signers[number].sign(text.span).minHashes
        var bytes: [UInt8] = []
        for word in minHashes { bytes.append(littleEndian: word) }
        let digest = minHashes.isEmpty ? [] : DatatroveGold.hexadecimal(XXH64.hash(bytes.span))
        if digest[...] != expected { wrongCounts[number] += 1 }
      }
    }
    #expect(wrongCounts == [0, 0, 0, 0])
  }

  @Test func `the seed of datatrove has 32 bits, and its hashes go with its words`() {
    var settings = DeduplicationProfile.datatrove.settings
    settings.hashSeed = 1 << 32
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.hashSeed = nil
    settings.shingles = .words
    #expect(throws: SettingsError.self) { try settings.validate() }
  }
}
