/// Which documents are connected, each set named by its least member.
struct DisjointSets {
  private var parents: [UInt32]

  /// Every one of `count` members alone.
  init(count: UInt32) {
    parents = Array(0..<count)
  }

  /// The least member of the set that `member` is in.
  mutating func root(_ member: UInt32) -> UInt32 {
    var node = member
    while parents[Int(node)] != node {
      let above = parents[Int(parents[Int(node)])]
      parents[Int(node)] = above
      node = above
    }
    return node
  }

  mutating func join(_ left: UInt32, _ right: UInt32) {
    let (a, b) = (root(left), root(right))
    if a < b { parents[Int(b)] = a } else { parents[Int(a)] = b }
  }
}
