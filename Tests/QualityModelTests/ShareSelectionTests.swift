import TestSupport
import Testing

@testable import QualityModel

struct ShareSelectionTests {
  private func settings(
    _ share: Double, _ measure: SelectionSettings.Measure = .documents
  ) -> SelectionSettings {
    var settings = SelectionSettings()
    settings.share = share
    settings.measure = measure
    return settings
  }

  private func documents(
    _ count: Int, groups: Int, distinctScores: Int, seed: UInt64
  ) -> [ScoreRecord] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let score = Double(Int.random(in: 0..<distinctScores, using: &random)) / 7 - 3
      return ScoreRecord(
        score: Int.random(in: 0..<50, using: &random) == 0 ? .nan : score,
        draw: UInt64.random(in: 0...(.max), using: &random),
        byteCount: UInt64.random(in: 0..<5000, using: &random),
        group: Int.random(in: 0..<groups, using: &random))
    }
  }

  /// The twin: sort each group, take from the top while less than the share has been taken.
  private func kept(_ documents: [ScoreRecord], _ settings: SelectionSettings) -> [Bool] {
    var kept = documents.map { _ in false }
    for group in Set(documents.map(\.group)) {
      let members = documents.indices.filter {
        documents[$0].group == group && !documents[$0].score.isNaN
      }.sorted { left, right in
        let (a, b) = (documents[left], documents[right])
        return a.score != b.score ? a.score > b.score : a.draw > b.draw
      }
      func weight(_ index: Int) -> Double {
        settings.measure == .documents ? 1 : Double(documents[index].byteCount)
      }
      if settings.share == 1 {
        for index in members { kept[index] = true }
        continue
      }
      let target = settings.share * members.reduce(0) { $0 + weight($1) } * (1 - 1e-12)
      var taken = 0.0
      for index in members where taken < target {
        kept[index] = true
        taken += weight(index)
      }
    }
    return kept
  }

  @Test(arguments: [
    (0, 1, 5), (1, 1, 5), (300, 1, 1), (20_000, 1, 3), (20_000, 1, 1 << 40), (20_000, 7, 100),
    (3000, 900, 10),
  ])
  func `the documents kept are those that sorting gives`(
    count: Int, groups: Int, distinctScores: Int
  ) {
    let documents = documents(count, groups: groups, distinctScores: distinctScores, seed: 9)
    for measure in SelectionSettings.Measure.allCases {
      for share in [0, 0.001, 0.1, 0.5, 0.999, 1] {
        let settings = settings(share, measure)
        for memory in [0, 1 << 20, 1 << 30] {
          let selection = ShareSelection(
            settings, groupCount: groups, memoryByteCount: memory
          ) { body in documents.forEach(body) }
          #expect(documents.map(selection.keeps) == kept(documents, settings))
          if count < 20_000 || memory == 0 { continue }
          #expect(
            selection.cuts.reduce(0) { $0 + $1.keptDocumentCount }
              == kept(documents, settings).count { $0 })
        }
      }
    }
  }

  @Test func `a tenth of thirty is three, and equal documents stay together`() {
    var documents = (0..<30).map {
      ScoreRecord(score: Double($0), draw: 1, byteCount: 1, group: 0)
    }
    let tenth = ShareSelection(settings(0.1), groupCount: 1, memoryByteCount: 0) {
      documents.forEach($0)
    }
    #expect(documents.filter(tenth.keeps).map(\.score) == [27, 28, 29])
    #expect(tenth.cuts[0].minimumScore == 27 && tenth.cuts[0].keptByteCount == 3)
    documents = (0..<5000).map { _ in
      ScoreRecord(score: 0.5, draw: 7, byteCount: 1, group: 0)
    }
    let equal = ShareSelection(settings(0.1), groupCount: 1, memoryByteCount: 0) {
      documents.forEach($0)
    }
    #expect(documents.allSatisfy(equal.keeps))
  }

  @Test func `all of a group is all of it, empty texts too`() {
    let documents = (0..<3000).map {
      ScoreRecord(score: 0, draw: UInt64($0), byteCount: $0 % 3 == 0 ? 9 : 0, group: $0 % 3)
    }
    let all = ShareSelection(settings(1, .bytes), groupCount: 4, memoryByteCount: 0) {
      documents.forEach($0)
    }
    #expect(documents.allSatisfy(all.keeps))
    #expect(all.cuts.map(\.keptDocumentCount) == [1000, 1000, 1000, 0])
  }

  @Test func `groups of a document each are cut in one pass`() {
    let documents = (0..<20_000).map {
      ScoreRecord(score: Double($0), draw: 0, byteCount: 1, group: $0)
    }
    var passCount = 0
    let selection = ShareSelection(
      settings(0.5), groupCount: 20_000, memoryByteCount: 16 << 20
    ) { body in
      passCount += 1
      documents.forEach(body)
    }
    #expect(documents.allSatisfy(selection.keeps))
    // One to count, one to sort, one to count what is kept.
    #expect(passCount == 3)
  }

  @Test func `minus zero is zero, and infinities are no scores`() {
    let scores = [-Double.greatestFiniteMagnitude, -1, -0.0, 0, 1, .greatestFiniteMagnitude]
    let ranks = scores.map {
      ScoreRecord(score: $0, draw: 5, byteCount: 0, group: 0).rank ?? 0
    }
    #expect(ranks == ranks.sorted() && ranks[2] == ranks[3] && Set(ranks).count == 5)
    for score in [Double.nan, .infinity, -.infinity] {
      #expect(ScoreRecord(score: score, draw: 5, byteCount: 0, group: 0).rank == nil)
    }
  }
}
