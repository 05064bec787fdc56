import ByteKernels
import Documents
import TestSupport
import Testing

@testable import Packing

struct SplitTests {
  static let noText: [UInt8] = []
  static let ids = (0..<100_000).map { "https://example.org/page/\($0)" }

  private func split(
    _ validation: Double, test: Double = 0, by key: SplitKey = .id, seed: UInt64 = 7
  ) -> Split {
    var settings = SplitSettings()
    settings.validationShare = validation
    settings.testShare = test
    settings.by = key
    return Split(settings, seed: seed)
  }

  private func ids(of part: SplitPart, _ split: Split) -> Set<String> {
    Set(Self.ids.filter { split.part(ofKey: $0) == part })
  }

  @Test(arguments: [(0.0, 0), (1.0, 100_000)])
  func `none and all are exact, of both held out parts`(share: Double, count: Int) {
    #expect(ids(of: .validation, split(share)).count == count)
    #expect(ids(of: .test, split(0, test: share)).count == count)
  }

  @Test(arguments: [0.001, 0.01, 0.25, 0.5, 0.99])
  func `the share is kept within five standard deviations`(share: Double) {
    let count = Double(ids(of: .validation, split(share)).count)
    let deviation = (100_000 * share * (1 - share)).squareRoot()
    #expect(abs(count - 100_000 * share) < 5 * deviation)
  }

  @Test func `the answer is the published one: xxh64 of the id under the seed, from both ends`() {
    let split = split(0.3, test: 0.2, seed: 42)
    for id in Self.ids.prefix(1000) {
      let fraction = Double(XXH64.hash(Array(id.utf8).span, seed: 42)) / 0x1p64
      let expected: SplitPart = fraction < 0.3 ? .validation : fraction >= 0.8 ? .test : .train
      let part = split.part(id: id, url: nil, text: Self.noText.span)
      #expect(part == expected)
    }
  }

  @Test func `a larger share keeps what a smaller one chose, and another seed chooses others`() {
    let small = split(0.01, test: 0.01)
    let large = split(0.02, test: 0.03)
    for part in [SplitPart.validation, .test] {
      #expect(ids(of: part, small).isSubset(of: ids(of: part, large)))
    }
    let other = ids(of: .validation, split(0.01, seed: 8))
    #expect(ids(of: .validation, small).intersection(other).count < 40)
  }

  @Test func `documents that share the key are on one side, whatever else they say`() {
    let text = Array("one text".utf8)
    let (domain, same, set) = (
      split(0.5, by: .domain), split(0.5, by: .text), split(0.5, by: .cluster)
    )
    let parts = Self.ids.prefix(200).enumerated().map { number, id in
      [
        domain.part(id: id, url: "https://a\(number).example.co.uk/\(id)", text: Self.noText.span),
        same.part(id: id, url: id, text: text.span),
        set.part(id: id, url: id, text: Self.noText.span, set: 12),
      ]
    }
    #expect(parts.allSatisfy { $0 == parts[0] })
    // What has no address and no set goes by its id.
    for id in Self.ids.prefix(200) {
      let own = split(0.5).part(ofKey: id)
      let parts = [domain, set].map { $0.part(id: id, url: nil, text: text.span) }
      #expect(parts == [own, own])
    }
  }

  @Test(arguments: [
    ("https://www.Example.org/a?b", "example.org"), ("http://news.bbc.co.uk/", "bbc.co.uk"),
    ("https://a.b.gov.br:8080/x", "b.gov.br"), ("http://me@sub.host.de#x", "host.de"),
    ("http://10.1.2.3:80/x", "10.1.2.3"), ("http://[2001:db8::1]:80/x", "[2001:db8::1]"),
    ("ftp://files.example.com/x", "example.com"), ("localhost", "localhost"),
    ("https://t.co/x", "t.co"), ("https://b\u{FC}cher.example/", "b\u{FC}cher.example"),
  ])
  func `the domain of an address is what its owner registers`(url: String, domain: String) {
    #expect(WebDomain.name(of: url) == domain)
  }

  @Test func `an address without a host has no domain`() {
    for url in ["", "/path", "https:///x", "..."] { #expect(WebDomain.name(of: url) == nil) }
  }
}
