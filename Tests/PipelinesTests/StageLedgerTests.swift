import Pipelines
import Testing

struct StageLedgerTests {
  private func balanced() -> StageLedger {
    var ledger = StageLedger()
    ledger.input = Tally(documents: 5, bytes: 50)
    ledger.kept = Tally(documents: 2, bytes: 20)
    ledger.drop(step: "gopher-quality", reason: "short-document", bytes: 10)
    ledger.fail(cause: "not-json", documents: 1, bytes: 10)
    ledger.skipped["warc-request"] = Tally(documents: 1, bytes: 10)
    ledger.output = Tally(documents: 2, bytes: 12)
    ledger.tokens = TokenLedger()
    return ledger
  }

  @Test func `a ledger in which everything is accounted for balances`() {
    #expect(balanced().imbalances.isEmpty)
    var sum = balanced()
    sum += balanced()
    #expect(sum.imbalances.isEmpty)
    #expect(sum.dropped["gopher-quality"]?["short-document"] == Tally(documents: 2, bytes: 20))
  }

  @Test(
    arguments: [
      { (ledger: inout StageLedger) in ledger.input.documents += 1 },
      { (ledger: inout StageLedger) in ledger.input.bytes += 1 },
      { (ledger: inout StageLedger) in ledger.kept.documents -= 1 },
      { (ledger: inout StageLedger) in ledger.output.documents += 1 },
      { (ledger: inout StageLedger) in ledger.skipped = [:] },
      { (ledger: inout StageLedger) in ledger.failed = [:] },
      { (ledger: inout StageLedger) in ledger.dropped = [:] },
      { (ledger: inout StageLedger) in ledger.tokens?.encoded += 1 },
      { (ledger: inout StageLedger) in ledger.tokens?.packed += 1 },
    ] as [@Sendable (inout StageLedger) -> Void])
  func `a ledger that lost anything does not balance`(
    lose: @Sendable (inout StageLedger) -> Void
  ) {
    var ledger = balanced()
    lose(&ledger)
    #expect(!ledger.imbalances.isEmpty)
  }
}
