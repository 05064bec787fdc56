import FoundationEssentials
import TestSupport
import Testing

@testable import TextAnalysis

struct RepairMojibakeTests {
  private static let step = RepairMojibake(RepairMojibake.Settings())

  private func repaired(_ text: String) -> String {
    switch Self.step.modify(AnalyzedText(Array(text.utf8))) {
    case .unchanged: text
    case .replaced(let bytes, _): String(decoding: bytes, as: UTF8.self)
    case .emptied: ""
    }
  }

  @Test(arguments: [
    ("cafÃ©", "café"), ("Ã‰cole", "École"), ("25Â°C, Â©2010", "25°C, ©2010"),
    ("donâ€™t â€” really", "don’t — really"), ("Ã¼ber Å¡koda", "über škoda"), ("ðŸ˜€", "😀"),
    ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"), ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"), ("caf├⌐ ΓÇö", "café —"),
    ("caf√©, don‚Äôt", "café, don’t"), ("Å\u{81}Ã³dÅº", "Łódź"), ("kĂłĹ‚ko", "kółko"),
    // Twice, three times, and C1 controls for windows-1252's undefined or all bytes.
    ("ÃƒÂ©tÃƒÂ©", "été"), ("Ã\u{83}Â©tÃ\u{83}Â©", "été"),
    ("l\u{92}ami \u{93}dit\u{94}", "l’ami “dit”"), ("didnâ\u{80}\u{99}t", "didn’t"),
    // Losses: a no-break space that became a space, an undefined byte that became U+FFFD.
    ("Il est tout Ã  fait diffÃ©rent", "Il est tout à fait différent"),
    ("â€œhiâ€\u{FFFD}", "“hi”"),
    // Beside text that is right.
    ("Größe und GrÃ¶ÃŸe", "Größe und Größe"), ("&eacute; cafÃ©", "&eacute; café"),
  ])
  func `what was misread is read again`(text: String, expected: String) {
    let once = repaired(text)
    #expect(Array(once.utf8) == Array(expected.utf8), "\(once)")
  }

  @Test(arguments: [
    "", "plain words", "«école» d’été, fatigué…», né »", "CAFÉ» À»", "IRMÃ, MANHÃ, NÃO", "2√πr",
    "Ä… hm",
    "Рівне, Січень, РІШЕННЯ, ССВ, В№ 5", "├│ x\n└── y\n┬┐ ╔═╗", "35\u{A0}°C", "plášť, náššuvnnaid",
    "ЄДРПОУ «Р»", "Âge d’or, Âne", "Ångström–Öre", "ภาษาไทย", "日本語「…」", "l’œuvre — “ça”",
    "&Atilde;&copy;",
    "¤£¦n·N«ä¥´ÅÍ±z¡I¦pªG¥»¼s§i«", "daß… „Ü“",
  ])
  func `what was written so stays`(text: String) {
    #expect(Array(repaired(text).utf8) == Array(text.utf8), "\(repaired(text))")
  }

  @Test func `repairs are counted, and none without need`() {
    var counts: [String: Int] = [:]
    for text in ["cafÃ© dÃ©jÃ\u{A0}", "café", "ASCII"] {
      _ = Self.step.modify(AnalyzedText(Array(text.utf8)), counting: &counts)
    }
    #expect(counts == ["mojibake-sequences": 3, "mojibake-documents": 1])
  }

  /// Lines of the Universal Declaration in 80 languages, misread in each charset.
  @Test func `most lines of many languages come back, and right ones stay`() throws {
    guard let folder = SharedData.path("unicode/udhr") else { return }
    var lines: [[UInt8]] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where name.hasSuffix("UTF8") {
      guard let file = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      let good = [UInt8](file).split(separator: 0x0A).map(Array.init).filter { line in
        line.count(where: { $0 >= 0x80 }) >= 4 && String(validating: line, as: UTF8.self) != nil
      }
      lines += good.prefix(3)
    }
    #expect(lines.count > 150)
    for line in lines {
      if case .replaced(let bytes, _) = Self.step.modify(AnalyzedText(line)) {
        Issue.record(
          "\(String(decoding: line, as: UTF8.self)): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    for (name, share) in [("windows-1252", 0.97), ("windows-1251", 0.9), ("macintosh", 0.9)] {
      let charset = try #require(Charset.labelled(name))
      let table = try #require(SingleByteTable(charset))
      let right = lines.count { line in
        let misread = table.decode(line.span, replaces: true)
        guard misread.malformedCount == 0 else { return true }
        guard case .replaced(let bytes, _) = Self.step.modify(AnalyzedText(misread.bytes)) else {
          return false
        }
        return bytes == line
      }
      #expect(Double(right) >= share * Double(lines.count), "\(name): \(right) of \(lines.count)")
    }
  }
}
