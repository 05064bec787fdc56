/// Makes the cells of a token trie from tokens of two bytes or more, numbered from 256 on.
struct TrieBuilder {
  private(set) var roots: [TrieCell]
  private(set) var cells: [TrieCell]
  /// The longest shorter token that each token begins with; a single byte where there is no other.
  private(set) var prefixes: [UInt32]

  /// The tokens one after the other, and where each begins, and the end of the last.
  private var bytes: [UInt8] = []
  private var starts: [Int32] = [0]
  /// Numbers of tokens, in the order of their bytes.
  private var order: [Entry]
  /// One bit a cell, set while it is free, and one a base, set while no node has it.
  private var freeCells: [UInt64]
  private var freeBases: [UInt64]
  /// Where the search begins, in words, by the number of nodes below: no better places are before.
  private var searchStarts = [Int](repeating: firstBase / 64, count: 9)

  /// Cells before stay empty: there nodes without any below seem to have theirs.
  private static let firstBase = 256

  /// Of the node at work: the bytes of the nodes below, and where their tokens end in `order`.
  private var labels: [UInt8] = []
  private var ends: [Int] = []

  private struct Entry {
    /// The first eight bytes, most significant first, zeros where the token ends.
    var start: UInt64
    var index: Int32
  }

  /// A node whose nodes below are still to be made; `cell` is negative for roots.
  private struct Task {
    var cell: Int
    var depth: Int
    var range: Range<Int>
    var prefix: UInt32
  }

  init(_ tokens: [[UInt8]]) {
    roots = (0...255).map { TrieCell($0, token: UInt32($0)) }
    cells = Array(repeating: .empty, count: 2 * Self.firstBase)
    freeCells = Array(repeating: ~0, count: cells.count / 64)
    freeBases = freeCells
    prefixes = Array(repeating: MergeTable.none, count: tokens.count)
    order = []
    order.reserveCapacity(tokens.count)
    for (index, token) in tokens.enumerated() {
      var start: UInt64 = 0
      for place in 0..<8 { start = start << 8 | (place < token.count ? UInt64(token[place]) : 0) }
      order.append(Entry(start: start, index: Int32(index)))
      bytes += token
      starts.append(Int32(clamping: bytes.count))
    }
  }

  /// False when two tokens have the same bytes, one has fewer than two, or they are too many.
  mutating func build() -> Bool {
    if bytes.count >= Int32.max { return false }
    sort()
    var tasks: [Task] = []
    var start = 0
    while start < order.count {
      let first = byte(start, 0)
      var end = start + 1
      while end < order.count, byte(end, 0) == first { end += 1 }
      tasks.append(
        Task(cell: Int(first) - 256, depth: 1, range: start..<end, prefix: UInt32(first)))
      start = end
    }
    // Level by level: the nodes that most searches pass lie together.
    while !tasks.isEmpty {
      var next: [Task] = []
      for task in tasks {
        guard makeNodes(below: task, &next) else { return false }
      }
      tasks = next
    }
    return true
  }

  private mutating func sort() {
    let (bytes, starts) = (bytes, starts)
    func token(_ entry: Entry) -> ArraySlice<UInt8> {
      bytes[Int(starts[Int(entry.index)])..<Int(starts[Int(entry.index) + 1])]
    }
    order.sort { a, b in
      if a.start != b.start { return a.start < b.start }
      return token(a).lexicographicallyPrecedes(token(b))
    }
  }

  private func byteCount(_ place: Int) -> Int {
    let index = Int(order[place].index)
    return Int(starts[index + 1] - starts[index])
  }

  private func byte(_ place: Int, _ depth: Int) -> UInt8 {
    bytes[Int(starts[Int(order[place].index)]) + depth]
  }

  private mutating func makeNodes(below task: Task, _ tasks: inout [Task]) -> Bool {
    labels.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for place in task.range {
      // The shorter one would have been taken out; the order puts it first.
      if byteCount(place) <= task.depth { return false }
      let byte = byte(place, task.depth)
      if labels.last == byte {
        ends[ends.count - 1] = place + 1
      } else {
        labels.append(byte)
        ends.append(place + 1)
      }
    }
    let base = freeBase()
    if base >= TrieCell.maximumBase - 256 { return false }
    if task.cell < 0 { roots[task.cell + 256].base = base } else { cells[task.cell].base = base }
    var start = task.range.lowerBound
    for (byte, end) in zip(labels, ends) {
      var (below, prefix, number) = (start..<end, task.prefix, UInt32?.none)
      if byteCount(start) == task.depth + 1 {
        let index = Int(order[start].index)
        prefixes[index] = task.prefix
        number = UInt32(256 + index)
        prefix = UInt32(256 + index)
        below = start + 1..<end
      }
      let cell = base + Int(byte)
      cells[cell] = TrieCell(byte, token: number)
      freeCells[cell / 64] &= ~(1 << UInt64(cell % 64))
      if !below.isEmpty {
        tasks.append(Task(cell: cell, depth: task.depth + 1, range: below, prefix: prefix))
      }
      start = end
    }
    return true
  }

  /// A base that no node has, with free cells at all labels; 64 bases are looked at together.
  private mutating func freeBase() -> Int {
    let kind = min(labels.count, searchStarts.count - 1)
    var word = searchStarts[kind]
    while true {
      while freeCells.count < word + 6 { grow() }
      var candidates = freeBases[word]
      for byte in labels {
        let (index, shift) = (word + Int(byte) / 64, UInt64(byte % 64))
        candidates &= freeCells[index] >> shift | freeCells[index + 1] << (64 - shift)
        if candidates == 0 { break }
      }
      if candidates != 0 {
        freeBases[word] &= ~(candidates & (0 &- candidates))
        searchStarts[kind] = word
        return 64 * word + candidates.trailingZeroBitCount
      }
      word += 1
    }
  }

  private mutating func grow() {
    let wordCount = freeCells.count
    freeCells += Array(repeating: ~0, count: wordCount)
    freeBases += Array(repeating: ~0, count: wordCount)
    cells += Array(repeating: .empty, count: cells.count)
  }
}
