import TestSupport
import Testing

@testable import Deduplication

struct DuplicateGroupsTests {
  private func words(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in "w\(UInt16.random(in: 0..<5000, using: &random))" }
  }

  @Test func `copies and near copies are in one group, others alone`() throws {
    let original = words(400, seed: 1)
    var edited = original
    edited[100] = "changed"
    let texts = [
      original.joined(separator: " "), words(400, seed: 2).joined(separator: " "),
      edited.joined(separator: " "), "short", "other", "short", "",
      words(400, seed: 2).joined(separator: " "),
    ]
    let signer = try Signer(DuplicateGroups.settings, seed: 0)
    var groups = DuplicateGroups()
    for text in texts { groups.add(signer.sign(Array(text.utf8).span)) }
    #expect(groups.count == 8)
    #expect(groups.representatives() == [0, 1, 0, 3, 4, 3, 6, 1])
    #expect(DuplicateGroups().representatives().isEmpty)
  }
}
