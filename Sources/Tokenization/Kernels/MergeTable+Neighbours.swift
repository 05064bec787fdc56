/// Which tokens can stand beside each other, where every token is made by one merge of tokens before it.
extension MergeTable {
  /// True when merging leaves two tokens as neighbours, looking at merges before `limit` only: when
  /// the merge `limit` joins the two, its token is then what its own bytes become.
  ///
  /// Takes the two apart again, always the one made last, and looks whether at some time the halves
  /// that touch would have been merged before what was made of them.
  func staysApart(_ left: UInt32, _ right: UInt32, before limit: UInt32 = none) -> Bool {
    var (left, right, limit) = (left, right, limit)
    while true {
      if merge(left, right) < limit { return false }
      if left > right {
        limit = left
        left = halves(left).right
        if left == limit {
          limit = right &+ 1
          right = halves(right).left
          if right &+ 1 == limit { return true }
        }
      } else {
        limit = right &+ 1
        right = halves(right).left
        if right &+ 1 == limit {
          limit = left
          left = halves(left).right
          if left == limit { return true }
        }
      }
    }
  }

  /// For each number, whether the token is what its own bytes become; only for a table in order, with
  /// one merge for each token.
  func reachedNumbers() -> [Bool] {
    var reached = [Bool](repeating: true, count: 256)
    reached.reserveCapacity(tokenCount)
    for number in 256..<UInt32(tokenCount) {
      let halves = halves(number)
      reached.append(
        reached[Int(halves.left)] && reached[Int(halves.right)]
          && staysApart(halves.left, halves.right, before: number))
    }
    return reached
  }
}
