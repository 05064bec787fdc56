/// How much text each element of a page holds, and of what kind.
///
/// Counts are of bytes that are not white space.
struct PageMeasures {
  /// All text of an element's descendants that are not left out.
  private(set) var textByteCount: [Int]
  /// The part of it inside links.
  private(set) var linkByteCount: [Int]
  /// The part of it in paragraphs: lines of text long enough to be prose, with few links.
  private(set) var proseByteCount: [Int]

  /// Measures what stands in a tree without the nodes left out, whose descendants count for nothing.
  init(_ tree: MarkupTree, without isLeftOut: [Bool]) {
    let nodes = tree.nodes
    textByteCount = [Int](repeating: 0, count: nodes.count)
    linkByteCount = textByteCount
    proseByteCount = textByteCount
    var parents: [Int] = []
    var linkDepth = 0
    var linkEnd = 0
    var lines = LineMeasure()
    var index = 0
    while index < nodes.count {
      while let parent = parents.last, nodes[parent].end <= index {
        leave(parent, nodes, &parents, &lines)
      }
      let node = nodes[index]
      if isLeftOut[index] {
        index = node.end
        continue
      }
      if index >= linkEnd { linkDepth = 0 }
      if node.tag == .text {
        let count = Self.solidByteCount(tree.text, node.bytes)
        textByteCount[index] = count
        if linkDepth > 0 { linkByteCount[index] = count }
        lines.add(index, count, isLink: linkDepth > 0)
        if let parent = parents.last { add(index, to: parent) }
      } else {
        if node.isLink { (linkDepth, linkEnd) = (1, max(linkEnd, node.end)) }
        if node.tag.lineFeeds != nil || node.tag == .td || node.tag == .th {
          endLine(&lines, parents)
        }
        parents.append(index)
      }
      index += 1
    }
    while let parent = parents.last { leave(parent, nodes, &parents, &lines) }
  }

  /// The share of an element's text that is in links.
  func linkShare(_ index: Int) -> Double {
    textByteCount[index] == 0 ? 0 : Double(linkByteCount[index]) / Double(textByteCount[index])
  }

  /// A line of text being measured.
  private struct LineMeasure {
    var textByteCount = 0
    var linkByteCount = 0

    mutating func add(_ index: Int, _ count: Int, isLink: Bool) {
      textByteCount += count
      if isLink { linkByteCount += count }
    }
  }

  /// Shorter lines are headings, captions, labels and links.
  private static let minimumProseByteCount = 80

  private mutating func endLine(_ line: inout LineMeasure, _ parents: [Int]) {
    let isProse =
      line.textByteCount >= Self.minimumProseByteCount
      && line.linkByteCount * 3 < line.textByteCount
    if isProse, let parent = parents.last { proseByteCount[parent] += line.textByteCount }
    line = LineMeasure()
  }

  private mutating func leave(
    _ index: Int, _ nodes: [MarkupTree.Node], _ parents: inout [Int], _ line: inout LineMeasure
  ) {
    if nodes[index].tag.lineFeeds != nil || nodes[index].tag == .td || nodes[index].tag == .th {
      endLine(&line, parents)
    }
    parents.removeLast()
    if let parent = parents.last { add(index, to: parent) }
  }

  private mutating func add(_ child: Int, to parent: Int) {
    textByteCount[parent] += textByteCount[child]
    linkByteCount[parent] += linkByteCount[child]
    proseByteCount[parent] += proseByteCount[child]
  }

  private static func solidByteCount(_ text: [UInt8], _ range: Range<Int>) -> Int {
    var count = 0
    let span = text.span
    for index in range where span[index] > 0x20 { count &+= 1 }
    return count
  }
}
