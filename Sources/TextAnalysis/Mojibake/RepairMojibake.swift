/// Reads again what was UTF-8 and was read in another charset: `cafÃ©` becomes `café`.
///
/// windows-1252 and ISO 8859-1, windows-1250, -1251, -1253, -1254 and -1257, ISO 8859-2 and -15,
/// Mac Roman and the code pages 437 and 850, once or several times over; C1 controls become the
/// characters of windows-1252 that they stand for. Text without suspicious pairs of characters is
/// recognised in one scan and not copied. HTML entities are not touched.
package struct RepairMojibake: Modifier {
  package struct Settings: StepSettings {
    package init() {}
    package static let settings: [Setting<Self>] = []
  }

  package enum Reason: String, CaseIterable, Sendable {
    /// The text was empty before.
    case empty
  }

  package static let name = "repair-mojibake"
  package static let summary = "Reads again UTF-8 that was read in another charset (`cafÃ©`)."

  private let repair = MojibakeRepair()

  package init(_ settings: Settings) {}

  package func modify(_ text: AnalyzedText) -> Modification<Reason> {
    var counts: [String: Int] = [:]
    return modify(text, counting: &counts)
  }

  package func modify(
    _ text: AnalyzedText, counting repairs: inout [String: Int]
  ) -> Modification<Reason> {
    if text.bytes.isEmpty { return .emptied(.empty) }
    guard let (bytes, count) = repair.repaired(text.bytes) else { return .unchanged }
    repairs["mojibake-sequences", default: 0] += count
    repairs["mojibake-documents", default: 0] += 1
    return .replaced(bytes, text.mediaType)
  }
}
