internal import ByteKernels
internal import Reports

/// The report for people.
extension TokenizerReport {
  /// Groups of a field that the table lists; the JSON has them all.
  private static let listedGroupCount = 20

  /// The tokenizers side by side, in all and by field, and what fewer merges would do.
  package var table: String {
    let extent = evaluation.total.extent
    let heading =
      "\(Words.count(extent.documentCount)) documents, \(Words.bytes(extent.byteCount)), "
      + "\(Words.count(extent.scalarCount)) characters, \(Words.count(extent.wordCount)) words\n"
    var sections = [heading, overview]
    for field in evaluation.fields.indices where !evaluation.groups[field].isEmpty {
      sections.append(fieldTable(field))
    }
    sections += subjects.compactMap(Self.curveTable)
    return sections.joined(separator: "\n")
  }

  private var overview: String {
    var table = TextTable(header: [
      "tokenizer", "vocabulary", "tokens", "to first", "bytes/token", "tokens/word", "Rényi",
      "never used", "unknown", "altered",
    ])
    let total = evaluation.total
    let first = total.outcomes.first?.tokenCount ?? 0
    for (index, subject) in subjects.enumerated() {
      let outcome = total.outcomes[index]
      let share = first == 0 ? nil : Double(outcome.tokenCount) / Double(first)
      let unused = subject.use.neverUsed.count
      let unusedShare = Double(unused) / Double(max(1, subject.use.tokenCount))
      table.append([
        FigureText.name(subject.name), Words.count(subject.vocabularySize),
        Words.count(outcome.tokenCount), FigureText.percent(share),
        FigureText.decimal(total.bytesPerToken(index), 3),
        FigureText.decimal(total.tokensPerWord(index), 3),
        FigureText.decimal(subject.use.renyiEfficiency, 3),
        "\(Words.count(unused)) (\(FigureText.percent(unusedShare)))",
        Words.count(outcome.unknownCount), Words.count(outcome.alteredDocumentCount),
      ])
    }
    return table.text
      + "Words are UAX #29's; altered: documents that decode to other bytes; Rényi: efficiency, "
      + "alpha 2.5.\n"
  }

  private func fieldTable(_ field: Int) -> String {
    let names = subjects.map { FigureText.name($0.name, maximumLength: 16) }
    var table = TextTable(
      header: [evaluation.fields[field], "documents", "text"]
        + names.flatMap { ["\($0) bytes/token", "tokens/word"] })
    let ranked = ranked(field: field)
    for (name, group) in ranked.prefix(Self.listedGroupCount) {
      table.append([FigureText.name(name)] + cells(group))
    }
    let unlisted = ranked.count - Self.listedGroupCount
    if unlisted > 0 { table.append(["and \(Words.count(unlisted)) more"]) }
    if evaluation.rest[field].extent.documentCount > 0 {
      table.append(
        ["values beyond \(Words.count(TokenizerEvaluation.maximumGroupCount))"]
          + cells(evaluation.rest[field]))
    }
    return table.text
  }

  private func cells(_ group: TokenizerEvaluation.Group) -> [String] {
    [Words.count(group.extent.documentCount), Words.bytes(group.extent.byteCount)]
      + subjects.indices.flatMap {
        [
          FigureText.decimal(group.bytesPerToken($0), 3),
          FigureText.decimal(group.tokensPerWord($0), 3),
        ]
      }
  }

  private static func curveTable(_ subject: Subject) -> String? {
    guard let curve = subject.curve else { return nil }
    var table = TextTable(header: [
      FigureText.name(subject.name), "tokens", "saved", "rare tokens",
    ])
    for (point, saved) in zip(curve.points, curve.savedShares) {
      table.append([
        Words.count(point.vocabularySize), Words.count(point.tokenCount),
        FigureText.percent(saved), Words.count(point.rareTokenCount),
      ])
    }
    return table.text + advice(curve) + "\n"
  }

  /// What the curve says of the vocabulary's size on this text.
  static func advice(_ curve: VocabularyCurve) -> String {
    let share = FigureText.percent(VocabularyCurve.worthwhileShare)
    let rare = "rare tokens occur fewer than \(VocabularyCurve.rareCount) times in this text"
    if let size = curve.advisedSize {
      return
        "Advice: \(Words.count(size)) tokens; no doubling beyond saves \(share) of the tokens of "
        + "this text (\(rare))."
    }
    return
      "Advice: the last doubling still saves \(share) or more of the tokens of this text; a larger "
      + "vocabulary may pay (\(rare))."
  }
}
