/// Where every document, byte and token of a run went, stage by stage.
package struct RunLedger: Codable, Sendable, Equatable {
  package struct Entry: Codable, Sendable, Equatable {
    package let stage: String
    package let ledger: StageLedger
  }

  /// The identity of the run's plan.
  package let plan: String
  /// The stages that documents pass through, in order.
  package let stages: [Entry]
  package let failures: [Manifest.Failure]
  package let balanced: Bool
  /// What does not add up, in words.
  package let imbalances: [String]

  /// Sums the manifests of a finished run and checks that nothing was lost within a stage or between
  /// two.
  init(_ folder: RunFolder, _ plan: Plan) throws {
    var entries: [Entry] = []
    var failures: [Manifest.Failure] = []
    for stage in plan.stages {
      var sum = StageLedger()
      let kind = StageCatalog.stage(named: stage.name)
      for manifest in try folder.manifests(
        ofStage: stage.name, plan: plan, needsFiles: kind?.isScratch != true)
      {
        sum += manifest.ledger
        failures += manifest.failures
      }
      if kind?.passesDocuments == true {
        entries.append(Entry(stage: stage.name, ledger: sum))
      }
    }
    self.plan = plan.identity
    self.failures = failures
    stages = entries
    imbalances = Self.imbalances(of: entries)
    balanced = imbalances.isEmpty
  }

  private static func imbalances(of entries: [Entry]) -> [String] {
    var faults = entries.flatMap { entry in
      entry.ledger.imbalances.map { "\(entry.stage): \($0)" }
    }
    for (earlier, later) in zip(entries, entries.dropFirst())
    where earlier.ledger.output != later.ledger.input {
      let (out, into) = (earlier.ledger.output, later.ledger.input)
      faults.append(
        "\(earlier.stage) handed on \(out.documents) documents and \(out.bytes) bytes, "
          + "\(later.stage) took in \(into.documents) and \(into.bytes)")
    }
    return faults
  }
}

extension RunLedger {
  /// The ledger as `ledger.json` holds it.
  package func json() throws -> String {
    String(decoding: try JSONFile.encode(self), as: UTF8.self)
  }
}

extension RunFolder {
  /// The ledger of the run; nil while it has none.
  package func ledger() throws -> RunLedger? {
    try JSONFile.read(RunLedger.self, from: ledgerPath)
  }
}
