/// Places the nodes of a `PieceTrie`, in blocks of 256 units.
struct PieceTrieBuilder {
  private(set) var units: [PieceTrie.Unit] = []
  private(set) var values: [UInt64] = []
  private var strings: [(bytes: [UInt8], value: UInt64)]
  /// One bit for every unit that is not taken.
  private var free: [UInt64] = []
  /// Blocks that may have room, the newest last.
  private var openBlocks: [Int] = []

  private static let openBlockLimit = 12

  init(_ strings: [(bytes: [UInt8], value: UInt64)]) {
    var last: [[UInt8]: UInt64] = [:]
    for string in strings where !string.bytes.isEmpty { last[string.bytes] = string.value }
    self.strings = last.map { ($0.key, $0.value) }.sorted {
      $0.bytes.lexicographicallyPrecedes($1.bytes)
    }
  }

  /// A node yet to be given its children: the strings below it and how many bytes lead to it.
  private struct Task {
    let node: Int
    let range: Range<Int>
    let depth: Int
  }

  mutating func build() {
    addBlock()
    take(0)
    var tasks = [Task(node: 0, range: strings.indices, depth: 0)]
    while let task = tasks.popLast() {
      let children = children(of: task)
      if children.isEmpty { continue }
      let base = base(for: children.map(\.label))
      units[task.node] |= UInt64(base)
      for child in children {
        let node = base ^ Int(child.label)
        take(node)
        units[node] = UInt64(task.node + 1) << PieceTrie.fieldBits
        let depth = task.depth + 1
        if strings[child.range.lowerBound].bytes.count == depth {
          units[node] |= PieceTrie.valueBit
          values[node] = strings[child.range.lowerBound].value
        }
        tasks.append(Task(node: node, range: child.range, depth: depth))
      }
    }
  }

  private func children(of task: Task) -> [(label: UInt8, range: Range<Int>)] {
    var children: [(label: UInt8, range: Range<Int>)] = []
    var index = task.range.lowerBound
    if index < task.range.upperBound, strings[index].bytes.count == task.depth { index += 1 }
    while index < task.range.upperBound {
      let label = strings[index].bytes[task.depth]
      let start = index
      while index < task.range.upperBound, strings[index].bytes[task.depth] == label { index += 1 }
      children.append((label, start..<index))
    }
    return children
  }

  /// A base under which all labels fall on free units.
  private mutating func base(for labels: [UInt8]) -> Int {
    for block in openBlocks.reversed() {
      if let base = base(for: labels, in: block) { return base }
    }
    addBlock()
    return (units.count / 256 - 1) * 256
  }

  private func base(for labels: [UInt8], in block: Int) -> Int? {
    for word in 0..<4 {
      var rest = free[block * 4 + word]
      while rest != 0 {
        let slot = word * 64 + rest.trailingZeroBitCount
        rest &= rest - 1
        let base = slot ^ Int(labels[0])
        let fits = labels.dropFirst().allSatisfy { label in
          let place = base ^ Int(label)
          return free[block * 4 + place >> 6] >> UInt64(place & 63) & 1 != 0
        }
        if fits { return block * 256 + base }
      }
    }
    return nil
  }

  private mutating func take(_ place: Int) {
    free[place >> 6] &= ~(1 << UInt64(place & 63))
    let block = place >> 8
    if (0..<4).allSatisfy({ free[block * 4 + $0] == 0 }) { openBlocks.removeAll { $0 == block } }
  }

  private mutating func addBlock() {
    let block = units.count / 256
    precondition(block < 1 << 20, "a trie of less than 2^28 units")
    units.append(contentsOf: repeatElement(0, count: 256))
    values.append(contentsOf: repeatElement(0, count: 256))
    free.append(contentsOf: repeatElement(.max, count: 4))
    openBlocks.append(block)
    if openBlocks.count > Self.openBlockLimit { openBlocks.removeFirst() }
  }
}
