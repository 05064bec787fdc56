/// `\p{N}{1,n}`: where numbers begin a pre-token.
struct NumberGroups {
  /// How many numbers go together.
  enum Size {
    case one, three
  }

  private let size: Size
  /// One bit: the byte before the block was a number's.
  private var numberBefore: UInt64 = 0
  /// Numbers since the last cut in a run of them, modulo three.
  private var phase = 0

  init(_ size: Size) {
    self.size = size
  }

  @inline(__always)
  mutating func starts(_ numbers: UInt64, _ continuation: UInt64) -> UInt64 {
    let afterNumber = numbers.shifted(&numberBefore)
    if numbers == 0 { return 0 }
    if size == .one { return numbers & ~continuation }
    return threes(numbers, afterNumber, continuation)
  }

  /// The first of a run of numbers and every third after it.
  @inline(__always)
  private mutating func threes(
    _ numbers: UInt64, _ afterNumber: UInt64, _ continuation: UInt64
  ) -> UInt64 {
    let first = numbers & ~afterNumber
    let isSimple =
      numbers & afterNumber & ((numbers &<< 2) & (numbers &<< 3) | 1) == 0
      && numbers & continuation == 0
    if isSimple {
      phase = (~numbers).leadingZeroBitCount % 3
      return first
    }
    var result: UInt64 = 0
    var rest = numbers & ~continuation
    while rest != 0 {
      let bit = rest & (0 &- rest)
      rest ^= bit
      if first & bit != 0 { phase = 0 }
      if phase == 0 { result |= bit }
      phase = phase == 2 ? 0 : phase &+ 1
    }
    return result
  }
}
