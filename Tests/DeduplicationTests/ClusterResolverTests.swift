import TestSupport
import Testing

@testable import Deduplication

struct ClusterResolverTests {
  /// Documents that are unlike each other, each followed by a copy and by an edited copy.
  private func crowd(_ count: Int) -> [SlowDeduplication.Item] {
    var generator = SeededGenerator(seed: 5)
    return (0..<count).flatMap { number -> [SlowDeduplication.Item] in
      let words = RandomText.words(count: 120, vocabulary: 5000, using: &generator)
      let text = words.joined(separator: " ")
      return [(text, "a"), (text, "b"), (text + " end", "c")].map {
        .init(id: "\(number)\($1)", text: $0, score: 0)
      }
    }
  }

  @Test func `a large set is parted in bounded work, and copies are still found`() throws {
    var settings = DeduplicationSettings()
    settings.keep = KeepOrder(.first)
    let fast = try FastDeduplication(settings: settings, seed: 9, shardCount: 2)
    try fast.sign(crowd(40))
    let shards = try SignedShards(
      prefixes: fast.prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: 9))
    let members = try (0..<UInt64(120)).map { try shards.member($0) }
    func part(_ limits: KeptDocuments.Limits) throws -> ClusterResolver.Parting {
      try ClusterResolver(shards: shards, settings: settings, limits: limits).part(members)
    }
    let whole = try part(KeptDocuments.Limits())
    #expect(whole.partlyComparedCount == 0)
    #expect(whole.kept.count == 40)
    let bounded = try part(KeptDocuments.Limits(forAll: 3, perBand: 2, byteCount: 1000))
    #expect(bounded.partlyComparedCount == 120 - 10)
    #expect(bounded.kept == whole.kept)
    #expect(bounded.fates.map(\.keptPlace) == whole.fates.map(\.keptPlace))
  }

  @Test(arguments: [false, true], [KeepRule.first, .longest])
  func `copies fare as they would one by one`(urls: Bool, keep: KeepRule) throws {
    var settings = DeduplicationSettings()
    (settings.keep, settings.urls) = (KeepOrder(keep), urls)
    (settings.bands, settings.rows) = (8, 2)
    var generator = SeededGenerator(seed: 7)
    let texts = crowd(12).map(\.text)
    let scratch = try ScratchFolder()
    let writer = try SignatureWriter(
      prefix: scratch.path("shard"), settings: settings, seed: 9, memoryByteCount: 1 << 20)
    let signer = try Signer(settings, seed: 9)
    for number in 0..<400 {
      let text = Array(texts[Int.random(in: 0..<texts.count, using: &generator)].utf8)
      let url = Int.random(in: 0..<600, using: &generator)
      var digest: Signature.Digest?
      if urls, url < 500 { digest = Signature.Digest(high: UInt64(url % 250 + 1), low: 1) }
      try writer.append(
        SignedDocument(
          id: "\(number % 300)", byteCount: text.count,
          ranks: KeepRanks(SIMD4(keep == .longest ? Double(text.count) : 0, 0, 0, 0)),
          urlDigest: digest, signature: signer.sign(text.span)))
    }
    _ = try writer.publish()
    let shards = try SignedShards(
      prefixes: [scratch.path("shard")], settings: settings,
      settingsDigest: settings.signatureDigest(seed: 9))
    let resolver = ClusterResolver(shards: shards, indexDocumentCount: 20, settings: settings)
    let all = try (0..<UInt64(400)).map { try shards.member($0) }
    let single = try resolver.part(all)

    let groups = CopyGroups(
      shards: shards, indexDocumentCount: 20, settings: settings, memoryByteCount: 1 << 20,
      besides: scratch.path("copies"))
    for document in 0..<UInt64(400) { try groups.add(document) }
    try groups.finish()
    #expect(groups.members.count < (urls ? 380 : 80))
    let parting = try resolver.part(groups.members)
    let kept = parting.kept.map { groups.members[$0].document }
    #expect(kept == single.kept.map { UInt64($0) })
    var found: [UInt64: String] = [:]
    func take(_ document: UInt64, _ fate: ClusterResolver.Fate, isOther: Bool) {
      let reason = fate.removal?.reason ?? (isOther ? .exact : nil)
      found[document] = "\(fate.keptPlace) \(reason?.rawValue ?? "")"
    }
    for (member, fate) in zip(groups.members, parting.fates) {
      take(member.document, fate, isOther: false)
    }
    try groups.forEachOther { take($0, parting.fates[$1], isOther: true) }
    let expected = single.fates.map { "\($0.keptPlace) \($0.removal?.reason.rawValue ?? "")" }
    #expect((0..<400).map { found[UInt64($0)] } == expected)
  }

  @Test func `a page that is there thousands of times takes no memory, a crowd is refused`()
    throws
  {
    let denied = (0..<3000).map {
      SlowDeduplication.Item(id: "\($0)", text: "Access to this page was denied", score: 0)
    }
    var settings = DeduplicationSettings()
    settings.partitions = 2
    let fast = try FastDeduplication(settings: settings, seed: 9, shardCount: 2)
    try fast.sign(denied)
    try fast.bucket()
    let counts = try fast.cluster(memoryByteCount: 1 << 17)
    #expect(counts.clusters.largestClusterDocumentCount == 3000)
    #expect(counts.removals[.exact].documentCount == 2999)
    #expect(try fast.clusters() == [denied.map(\.id)])
    let like = try FastDeduplication(settings: settings, seed: 9, shardCount: 2)
    let words = (0..<300).map { "w\($0)" }.joined(separator: " ")
    try like.sign((0..<400).map { .init(id: "\($0)", text: "\(words) \($0)", score: 0) })
    try like.bucket()
    #expect { try like.cluster(memoryByteCount: 1 << 17) } throws: {
      "\($0)".contains("raise minimum-similarity")
    }
  }
}
