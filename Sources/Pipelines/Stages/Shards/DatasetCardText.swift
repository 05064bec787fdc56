internal import ByteKernels
internal import Packing

/// A data card as Markdown, with the head that Hugging Face reads.
struct DatasetCardText {
  private let card: DatasetCard
  private static let maximumRowCount = 50

  init(_ card: DatasetCard) {
    self.card = card
  }

  var text: String {
    var lines = head
    lines += ["", "# \(Self.title)", "", summary, ""]
    lines += parts + stages
    lines += shares(of: card.sources, "Sources", "source")
    lines += shares(of: card.languages, "Languages", "language")
    lines += shares(of: card.licenses, "Licences", "licence")
    lines += forgotten + inputs + digests
    lines += [
      "## Pipeline", "", "Plan `\(card.plan)`, gristmill \(card.gristmill).", "", "```yaml",
    ]
    lines += [card.pipeline.trimmed(of: "\n"), "```"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static let title = "Token shards"
  private static let masksBeside =
    "The format has no room for loss masks: they stand in the `.provenance` beside each shard, where "
    + "`gristmill_loader` finds them; other readers count every token in the loss."

  /// Licences by the identifiers that Hugging Face knows; any other is `other`.
  private static let knownLicenses: Set<String> = [
    "apache-2.0", "mit", "cc0-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0",
    "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0",
    "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0", "odc-by", "odbl", "pddl", "gpl-3.0", "gpl-2.0", "lgpl-3.0", "agpl-3.0",
    "bsd-2-clause", "bsd-3-clause", "mpl-2.0", "unlicense", "wtfpl", "cc",
  ]

  private var head: [String] {
    var lines = ["---", "pretty_name: \(Self.title)"]
    let licenses = card.licenses.compactMap { $0.name?.lowercased() }
    if let first = licenses.first {
      let isKnown = licenses.count == 1 && card.licenses.count == 1
      lines.append("license: \(isKnown && Self.knownLicenses.contains(first) ? first : "other")")
    }
    let languages = card.languages.compactMap(\.name).filter {
      (2...3).contains($0.utf8.count) && $0.utf8.allSatisfy { 0x61...0x7A ~= $0 }
    }
    if !languages.isEmpty { lines += ["language:"] + languages.map { "- '\($0)'" } }
    lines += ["task_categories:", "- text-generation", "size_categories:", "- \(sizeCategory)"]
    return lines + ["tags:", "- gristmill", "- pretraining", "- \(card.set.format)", "---"]
  }

  private var sizeCategory: String {
    let count = card.parts.reduce(0) { $0 + $1.documents }
    let names = ["1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"]
    var limit = 1000
    if count < limit { return "n<1K" }
    for (name, next) in zip(names, names.dropFirst()) {
      limit *= 10
      if count < limit { return "\(name)<n<\(next)" }
    }
    return "n>1T"
  }

  private var summary: String {
    let set = card.set
    let length =
      set.sequenceLength == 0
      ? "every document a sequence of its own" : "sequences of \(set.sequenceLength) tokens"
    let end =
      set.endOfDocument.map { "token \($0) after every document" } ?? "no token after documents"
    return
      "Made by gristmill \(card.gristmill): format `\(set.format)`, strategy `\(set.strategy)`, "
      + "\(length), tokenizer `\(set.tokenizer.name)` of \(Words.count(set.vocabularySize)) "
      + "entries, \(end), seed \(set.seed). `\(ShardSet.fileName)` lists every file with its digest."
      + (set.hasLossMasks && TokenShardFormat(rawValue: set.format)?.layout.holdsLossMasks == false
        ? " \(Self.masksBeside)" : "")
  }

  private var parts: [String] {
    table(
      "Shards", ["part", "shards", "documents", "sequences", "tokens", "of them padding"],
      card.parts.map {
        [$0.part] + [$0.shards, $0.documents, $0.sequences, $0.tokens, $0.padding].map(Words.count)
      })
  }

  private var stages: [String] {
    var lines = ["## Stages", ""] + asPacked
    for entry in card.stages {
      let ledger = entry.ledger
      lines.append(
        "- `\(entry.stage)`: \(words(ledger.input)) in, \(words(ledger.output)) of text out")
      for (step, reasons) in ledger.dropped.sorted(by: { $0.key < $1.key }) {
        for (reason, tally) in reasons.sorted(by: { $0.key < $1.key }) {
          lines.append("  - dropped by `\(step)`, \(reason): \(words(tally))")
        }
      }
      for (cause, tally) in ledger.failed.sorted(by: { $0.key < $1.key }) {
        lines.append("  - failed, \(cause): \(words(tally))")
      }
      for (kind, tally) in ledger.skipped.sorted(by: { $0.key < $1.key }) {
        lines.append("  - no documents, \(kind): \(words(tally))")
      }
      if let tokens = ledger.tokens {
        lines.append(
          "  - \(Words.count(tokens.encoded)) tokens of text, \(Words.count(tokens.endOfDocument)) "
            + "around documents, \(Words.count(tokens.repeated)) repeated; "
            + "\(Words.count(tokens.packed)) packed, \(Words.count(tokens.cropped)) cropped, "
            + "\(Words.count(tokens.remainder)) left over, \(Words.count(tokens.unused)) unused; "
            + "\(Words.count(tokens.padding)) of padding added")
      }
    }
    return lines + [""]
  }

  private func words(_ tally: Tally) -> String {
    "\(Words.count(tally.documents)) documents, \(Words.count(tally.bytes)) bytes"
  }

  private func shares(
    of shares: [DatasetCard.Share], _ title: String, _ subject: String
  ) -> [String] {
    table(
      title, [subject, "documents", "tokens, with those around documents"],
      shares.map { [$0.name ?? "all others", Words.count($0.documents), Words.count($0.tokens)] },
      note: asPacked)
  }

  /// What is said of counts that are not made anew when documents are taken out.
  private var asPacked: [String] {
    card.forgotten.isEmpty
      ? [] : ["As it was packed, before what stands under Forgotten was taken out.", ""]
  }

  private var forgotten: [String] {
    table(
      "Forgotten", ["receipt", "documents", "tokens"],
      card.forgotten.map { [$0.receipt, Words.count($0.documents), Words.count($0.tokens)] })
  }

  private var inputs: [String] {
    table(
      "Inputs", ["file", "bytes", "fingerprint"],
      card.inputs.map { [$0.name, Words.count($0.byteCount), $0.fingerprint] })
  }

  private var digests: [String] {
    table(
      "Digests", ["file", "bytes", "XXH64"],
      (card.files + card.set.tokenizer.files).map { [$0.path, Words.count($0.bytes), $0.xxh64] })
  }

  /// Empty without rows; of many the first, and how many more there are.
  private func table(
    _ title: String, _ head: [String], _ rows: [[String]], note: [String] = []
  ) -> [String] {
    if rows.isEmpty { return [] }
    func line(_ cells: [String]) -> String {
      "| " + cells.map(Self.cell).joined(separator: " | ") + " |"
    }
    var lines = ["## \(title)", ""] + note + [line(head), line(head.map { _ in "---" })]
    lines += rows.prefix(Self.maximumRowCount).map(line)
    if rows.count > Self.maximumRowCount {
      let more = Words.count(rows.count - Self.maximumRowCount)
      lines += ["", "And \(more) more in `\(DatasetCard.jsonName)`."]
    }
    return lines + [""]
  }

  /// Text that stays inside its cell.
  private static func cell(_ text: String) -> String {
    var cell = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|", "\\", "<", "`": cell += "\\\(scalar)"
      case "\n", "\r", "\t": cell += " "
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return cell
  }
}

extension String {
  /// Without the character at the end, however often it is there.
  fileprivate func trimmed(of character: Character) -> String {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
