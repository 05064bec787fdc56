/// Makes the cells of a token trie from tokens of two bytes or more, numbered from 256 on.
struct TrieBuilder {
  private(set) var roots: [TrieCell]
  private(set) var cells: [TrieCell]
  /// The longest shorter token that each token begins with; a single byte where there is no other.
  private(set) var prefixes: [UInt32]

  private let tokens: [[UInt8]]
  /// Numbers of tokens, in the order of their bytes.
  private var order: [Entry]
  /// One bit a cell, set while it is free, and one a base, set while no node has it.
  private var freeCells: [UInt64]
  private var freeBases: [UInt64]
  /// Where the search begins, in words, by the number of nodes below: no better places are before.
  private var searchStarts = [Int](repeating: firstBase / 64, count: 9)

  /// Cells before stay empty: there nodes without any below seem to have theirs.
  private static let firstBase = 256

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
    self.tokens = tokens
    roots = (0...255).map { TrieCell($0, token: UInt32($0)) }
    cells = Array(repeating: .empty, count: 2 * Self.firstBase)
    freeCells = Array(repeating: ~0, count: cells.count / 64)
    freeBases = freeCells
    prefixes = Array(repeating: MergeTable.none, count: tokens.count)
    order = tokens.enumerated().map { index, token in
      var start: UInt64 = 0
      for place in 0..<8 { start = start << 8 | (place < token.count ? UInt64(token[place]) : 0) }
      return Entry(start: start, index: Int32(index))
    }
  }

  /// False when two tokens have the same bytes, one has fewer than two, or they are too many.
  mutating func build() -> Bool {
    order.sort { [tokens] a, b in
      if a.start != b.start { return a.start < b.start }
      return tokens[Int(a.index)].lexicographicallyPrecedes(tokens[Int(b.index)])
    }
    var tasks: [Task] = []
    var start = 0
    while start < order.count {
      let first = token(start)[0]
      var end = start + 1
      while end < order.count, token(end)[0] == first { end += 1 }
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

  private func token(_ place: Int) -> [UInt8] { tokens[Int(order[place].index)] }

  private mutating func makeNodes(below task: Task, _ tasks: inout [Task]) -> Bool {
    var groups: [(byte: UInt8, range: Range<Int>)] = []
    for place in task.range {
      let token = token(place)
      // The shorter one would have been taken out; the order puts it first.
      if token.count <= task.depth { return false }
      let byte = token[task.depth]
      if groups.last?.byte == byte {
        groups[groups.count - 1].range = groups[groups.count - 1].range.lowerBound..<place + 1
      } else {
        groups.append((byte, place..<place + 1))
      }
    }
    let base = freeBase(for: groups.map(\.byte))
    if base >= TrieCell.maximumBase - 256 { return false }
    if task.cell < 0 { roots[task.cell + 256].base = base } else { cells[task.cell].base = base }
    for (byte, range) in groups {
      var (below, prefix, number) = (range, task.prefix, UInt32?.none)
      if token(range.lowerBound).count == task.depth + 1 {
        let index = Int(order[range.lowerBound].index)
        prefixes[index] = task.prefix
        number = UInt32(256 + index)
        prefix = UInt32(256 + index)
        below = range.lowerBound + 1..<range.upperBound
      }
      let cell = base + Int(byte)
      cells[cell] = TrieCell(byte, token: number)
      freeCells[cell / 64] &= ~(1 << UInt64(cell % 64))
      if !below.isEmpty {
        tasks.append(Task(cell: cell, depth: task.depth + 1, range: below, prefix: prefix))
      }
    }
    return true
  }

  /// A base that no node has, with free cells at all these bytes; 64 bases are looked at together.
  private mutating func freeBase(for bytes: [UInt8]) -> Int {
    let kind = min(bytes.count, searchStarts.count - 1)
    var word = searchStarts[kind]
    while true {
      while freeCells.count < word + 6 { grow() }
      var candidates = freeBases[word]
      for byte in bytes {
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
