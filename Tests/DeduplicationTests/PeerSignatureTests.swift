import FoundationEssentials
import TestSupport
import Testing

@testable import Deduplication

/// Holds signatures to those of other programs, which Tests/Tools/generate-peer-signatures.py wrote.
struct PeerSignatureTests {
  private struct Row: Decodable {
    let text: String
    let nemo32: [UInt32]
    let nemo64: [String]
    let affine32: [UInt32]
    let affine64: [String]
    let legacy: [UInt32]
    let simple: String
    let slimpajama: [UInt32]
  }

  private func rows() throws -> [Row] {
    let path = "\(SourceTree.root)/Tests/Fixtures/Deduplication/peer-signatures.json"
    return try JSONDecoder().decode([Row].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func words(_ hashes: [String]) -> [UInt32] {
    hashes.compactMap(UInt64.init).flatMap {
      [UInt32(truncatingIfNeeded: $0), UInt32($0 >> 32)]
    }
  }

  @Test func `signatures are those of NeMo Curator`() throws {
    var settings = DeduplicationSettings()
    (settings.simplify, settings.shingles, settings.shingleSize) = (.none, .characters, 24)
    (settings.hash, settings.bands, settings.rows) = (.nemo, 20, 1)
    for row in try rows() {
      let text = Array(row.text.utf8)
      settings.hashBits = 32
      #expect(try signed(text, settings, seed: 42) == row.nemo32)
      settings.hashBits = 64
      #expect(try signed(text, settings, seed: 42) == words(row.nemo64))
    }
  }

  @Test func `signatures are those of datasketch, as it is and as it was`() throws {
    var settings = DeduplicationSettings()
    (settings.simplify, settings.shingles, settings.shingleSize) = (.none, .whitespace, 3)
    (settings.bands, settings.rows, settings.hashSeed) = (10, 2, 1)
    for row in try rows() {
      let text = Array(row.text.utf8)
      (settings.hash, settings.hashBits) = (.datasketch, 32)
      #expect(try signed(text, settings, seed: 0) == row.affine32)
      settings.hashBits = 64
      #expect(try signed(text, settings, seed: 0) == words(row.affine64))
      (settings.hash, settings.hashBits) = (.datasketch1, 32)
      #expect(try signed(text, settings, seed: 0) == row.legacy)
    }
  }

  @Test func `signatures are those of SlimPajama`() throws {
    var settings = DeduplicationSettings()
    (settings.simplify, settings.shingles, settings.shingleSize) = (.slimpajama, .characters, 13)
    (settings.hash, settings.bands, settings.rows) = (.datasketch1, 9, 13)
    for row in try rows() {
      let text = Array(row.text.utf8)
      #expect(WholeTexts.slimPajama(text.span) == Array(row.simple.utf8))
      #expect(try signed(text, settings, seed: 1) == row.slimpajama)
    }
  }

  private func signed(
    _ text: [UInt8], _ settings: DeduplicationSettings, seed: UInt64
  ) throws -> [UInt32] {
    try settings.validate()
    return try Signer(settings, seed: seed).sign(text.span).minHashes
  }
}
