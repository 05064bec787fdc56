/// Which documents are connected, in bounded memory: union-find over blocks of documents, from the
/// highest numbers to the lowest, and one pass back.
///
/// Within a block the sets are found in memory. A set that reaches into lower blocks keeps the least
/// of its links there; of any further link and the least one, a pair of lower documents, is made a
/// pair of the block of the higher of the two. So when the lowest block is done, each set of a block
/// hangs by one link on a set below, and labels, the least documents of the sets, go up along these
/// links. A pair is written at most once for each block it goes down. Who gives the pairs of a block may
/// have to read those of others too: `SetTask` reads a range of documents once for each block it meets.
final class ConnectedSets {
  /// Memory a document takes: parent and link while blocks go down, label while they go up.
  private static let blockByteCount = 12
  /// So many blocks have open files at once.
  private static let blockLimit = 128
  private static let noLink = UInt64.max

  private let documentCount: Int
  private let blockSize: Int
  private let blockCount: Int
  /// By block: pairs from higher blocks (later document, earlier).
  private var pairs: [RecordQueue] = []
  /// By block: documents that are not the first of their set in the block (document, first).
  private var members: [RecordQueue] = []
  /// By block: links of higher blocks into it (document here, first of the set there).
  private var links: [RecordQueue] = []
  /// By block: labels that have come for first documents of its sets (first, label).
  private var labels: [RecordQueue] = []
  private var lowest = DisjointSets(count: 0)

  /// Takes `memoryByteCount`, or 12 bytes for each of a 128th of the documents when that is more.
  init(documentCount: Int, memoryByteCount: Int, besides path: String) {
    self.documentCount = documentCount
    // Alone in memory, a block has no links and takes 4 bytes a document.
    let fits = memoryByteCount / (documentCount <= memoryByteCount / 4 ? 4 : Self.blockByteCount)
    let least = (documentCount + Self.blockLimit - 1) / Self.blockLimit
    blockSize = max(1, min(max(fits, least), Int(UInt32.max)))
    blockCount = max(1, (documentCount + blockSize - 1) / blockSize)
    func queues() -> [RecordQueue] { (0..<blockCount).map { _ in RecordQueue(besides: path) } }
    (pairs, members, links, labels) = (queues(), queues(), queues(), queues())
  }

  /// The documents of each block, the highest first: the order in which `connect` wants their pairs.
  var blocks: [Range<UInt64>] { (0..<blockCount).reversed().map(documents) }

  /// Takes all pairs whose later document is in a block, in any order.
  ///
  /// `read` calls its argument with the later and the earlier document of each.
  func connect(
    _ block: Range<UInt64>,
    _ read: ((UInt64, UInt64) throws(DeduplicationError) -> Void) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    let number = Int(block.lowerBound) / blockSize
    var sets = DisjointSets(count: UInt32(block.count))
    var least = [UInt64](repeating: Self.noLink, count: number == 0 ? 0 : block.count)
    func take(_ later: UInt64, _ earlier: UInt64) throws(DeduplicationError) {
      let root = sets.root(UInt32(later - block.lowerBound))
      var link = earlier
      var target = root
      if earlier >= block.lowerBound {
        let other = sets.root(UInt32(earlier - block.lowerBound))
        if other == root { return }
        sets.join(root, other)
        if number == 0 { return }
        target = min(root, other)
        link = least[Int(max(root, other))]
        if link == Self.noLink { return }
      }
      let present = least[Int(target)]
      least[Int(target)] = min(present, link)
      guard present != Self.noLink, present != link else { return }
      let (low, high) = (min(present, link), max(present, link))
      try pairs[Int(high) / blockSize].append(SortRecord(high: high, low: low))
    }
    try read(take)
    try pairs[number].drain { pair throws(DeduplicationError) in try take(pair.high, pair.low) }
    if number == 0 {
      lowest = sets
    } else {
      try putAside(&sets, least, block, number)
    }
  }

  private func putAside(
    _ sets: inout DisjointSets, _ least: [UInt64], _ block: Range<UInt64>, _ number: Int
  ) throws(DeduplicationError) {
    for index in 0..<UInt32(block.count) {
      let root = sets.root(index)
      let document = block.lowerBound + UInt64(index)
      if root != index {
        try members[number].append(
          SortRecord(high: document, low: block.lowerBound + UInt64(root)))
      } else if least[Int(index)] != Self.noLink {
        let link = least[Int(index)]
        try links[Int(link) / blockSize].append(SortRecord(high: link, low: document))
      }
    }
  }

  /// When all blocks are connected: every document that is not the least of its set, ascending, with
  /// that one.
  func forEach(
    _ body: (_ document: UInt64, _ first: UInt64) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    for number in 0..<blockCount {
      let block = documents(number)
      if number == 0 {
        try handUp(number) { UInt64(lowest.root(UInt32($0))) }
        for document in 0..<UInt32(block.count) {
          let root = lowest.root(document)
          if root != document { try body(UInt64(document), UInt64(root)) }
        }
        lowest = DisjointSets(count: 0)
        continue
      }
      var label = Array(block)
      try labels[number].drain { label[Int($0.high - block.lowerBound)] = $0.low }
      try members[number].drain {
        label[Int($0.high - block.lowerBound)] = label[Int($0.low - block.lowerBound)]
      }
      try handUp(number) { label[Int($0 - block.lowerBound)] }
      for (document, first) in zip(block, label) where first != document {
        try body(document, first)
      }
    }
  }

  /// Sends the labels of a block to the sets that hang on it.
  private func handUp(
    _ number: Int, _ label: (UInt64) -> UInt64
  ) throws(DeduplicationError) {
    try links[number].drain { link throws(DeduplicationError) in
      try labels[Int(link.low) / blockSize].append(
        SortRecord(high: link.low, low: label(link.high)))
    }
  }

  private func documents(_ block: Int) -> Range<UInt64> {
    UInt64(block * blockSize)..<UInt64(min(documentCount, (block + 1) * blockSize))
  }
}
