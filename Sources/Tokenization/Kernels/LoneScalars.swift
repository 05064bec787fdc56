/// Finds what follows the first scalar of a run, which a pattern may take for a prefix.
struct LoneScalars {
  /// One bit: such a scalar ended the block before, or goes on.
  private var before: UInt64 = 0

  /// True when the next block begins behind such a scalar, or in one.
  var isAfterLone: Bool { before != 0 }

  /// The bytes that follow the scalars whose first bytes are `leads`.
  @inline(__always)
  mutating func after(_ leads: UInt64, _ continuation: UInt64) -> UInt64 {
    let seed = (leads &<< 1) | before
    before = leads &>> 63
    // A carry runs through the scalar's own continuation bytes and comes out behind them.
    let (sum, overflow) = continuation.addingReportingOverflow(seed & continuation)
    if overflow { before = 1 }
    return (seed | sum) & ~continuation
  }
}
