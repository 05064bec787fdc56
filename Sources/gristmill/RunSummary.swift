import ByteKernels
import Deduplication
import Pipelines

/// The table that ends a run.
struct RunSummary {
  let ledger: RunLedger
  let timings: [StageTiming]
  let folder: RunFolder

  var text: String {
    var parts = [stages.text]
    let losses = self.losses
    if let losses { parts.append(losses.text) }
    if let tokens = ledger.stages.compactMap(\.ledger.tokens).last {
      parts.append(line(of: tokens))
    }
    // The table is worth showing without it.
    if let audit = (try? folder.duplicateReport())?.audit { parts.append(line(of: audit)) }
    let faults =
      ledger.failures.map { "failed: \($0.message)\n" }
      + ledger.imbalances.map { "THE LEDGER DOES NOT BALANCE: \($0)\n" }
    if !faults.isEmpty { parts.append(faults.joined()) }
    parts.append(verdict + "\nrun folder: \(folder.path)\n")
    return parts.joined(separator: "\n")
  }

  private var verdict: String {
    if !ledger.balanced { return "This is a bug: please report it with the ledger." }
    let balance = "The ledger balances: nothing was lost that is not listed above."
    guard !ledger.failures.isEmpty else { return balance }
    return "\(balance) Inputs with losses: \(Set(ledger.failures.map(\.path)).count)."
  }

  private var stages: TextTable {
    var table = TextTable(header: [
      "stage", "documents", "kept", "dropped", "failed", "bytes in", "text out", "time",
      "MB/s/core",
      "memory",
    ])
    let entries = Dictionary(
      ledger.stages.map { ($0.stage, $0.ledger) }, uniquingKeysWith: { first, _ in first })
    for timing in timings {
      table.append([timing.stage] + counts(entries[timing.stage]) + costs(timing))
    }
    table.append(["all", "", "", "", "", "", ""] + costs(total))
    return table
  }

  /// The whole run: its rate is the input of the first stage over the CPU time of all.
  private var total: StageTiming {
    StageTiming(
      stage: "all", taskCount: timings.reduce(0) { $0 + $1.taskCount },
      wallSeconds: timings.reduce(0) { $0 + $1.wallSeconds },
      cpuSeconds: timings.reduce(0) { $0 + $1.cpuSeconds },
      peakMemoryByteCount: timings.map(\.peakMemoryByteCount).max() ?? 0,
      byteCount: timings.first?.byteCount ?? 0)
  }

  private func counts(_ ledger: StageLedger?) -> [String] {
    guard let ledger else { return ["", "", "", "", "", ""] }
    return [
      Words.count(ledger.input.documents - ledger.skippedTotal.documents),
      Words.count(ledger.kept.documents), Words.count(ledger.droppedTotal.documents),
      Words.count(ledger.failedTotal.documents), Words.bytes(ledger.input.bytes),
      Words.bytes(ledger.output.bytes),
    ]
  }

  private func costs(_ timing: StageTiming) -> [String] {
    let rate =
      timing.byteCount > 0 && timing.cpuSeconds > 0
      ? Words.decimal(Double(timing.byteCount) / 1e6 / timing.cpuSeconds, 1) : ""
    return [
      timing.taskCount > 0 ? Words.duration(timing.wallSeconds) : "done before", rate,
      Words.bytes(timing.peakMemoryByteCount),
    ]
  }

  private var losses: TextTable? {
    var table = TextTable(header: ["not kept", "documents", "bytes"])
    var isEmpty = true
    func append(_ name: String, _ tally: Tally) {
      table.append([name, Words.count(tally.documents), Words.bytes(tally.bytes)])
      isEmpty = false
    }
    for entry in ledger.stages {
      for (step, reasons) in entry.ledger.dropped.sorted(by: { $0.key < $1.key }) {
        for (reason, tally) in reasons.sorted(by: { $0.key < $1.key }) {
          append("\(entry.stage): \(step): \(reason)", tally)
        }
      }
      for (cause, tally) in entry.ledger.failed.sorted(by: { $0.key < $1.key }) {
        append("\(entry.stage): failed: \(cause)", tally)
      }
      for (kind, tally) in entry.ledger.skipped.sorted(by: { $0.key < $1.key }) {
        append("\(entry.stage): no document: \(kind)", tally)
      }
    }
    return isEmpty ? nil : table
  }

  private func line(of tokens: TokenLedger) -> String {
    let extra: [(Int, String)] = [
      (tokens.repeated, "of further epochs"), (tokens.unused, "beyond budgets left out"),
      (tokens.cropped, "cropped"), (tokens.remainder, "left over"), (tokens.padding, "of padding"),
      (tokens.validation, "for validation"), (tokens.test, "for test"),
    ]
    let parts =
      [
        "\(Words.count(tokens.packed)) packed", "\(Words.count(tokens.encoded)) of text",
        "\(Words.count(tokens.endOfDocument)) around documents",
      ] + extra.filter { $0.0 > 0 }.map { "\(Words.count($0.0)) \($0.1)" }
    return "tokens: \(parts.joined(separator: ", "))\n"
  }

  private func line(of audit: Audit) -> String {
    func words(_ share: Audit.Share) -> String {
      guard let value = share.value else { return "unknown, as the sample has no case" }
      return "\(Words.decimal(value, 3)) (\(Words.decimal(share.low, 3)) to "
        + "\(Words.decimal(share.high, 3)), \(Words.count(share.count)) cases)"
    }
    return
      "near duplicates, from a sample of \(Words.count(audit.sampledDocumentCount)) documents: recall "
      + "at similarity \(Words.decimal(audit.threshold, 2)) \(words(audit.recall)), precision at "
      + "\(Words.decimal(audit.floor, 2)) \(words(audit.precision))\n"
  }
}
