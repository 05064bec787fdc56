/// Lays an element of a page out as plain text: a line for each heading, paragraph and table row,
/// `- ` and `1. ` before list items, preformatted text as it stands.
struct PageLayout {
  private let tree: MarkupTree
  private let isLeftOut: [Bool]
  private var writer = PlainTextWriter()
  private var open: [Int] = []
  /// For each open list, the number of its last item; nil for bullets.
  private var lists: [Int?] = []
  private var preDepth = 0
  /// For each open table, whether its cells stand in rows of text.
  private var tables: [Bool] = []

  /// The text of the element at `root`, after a heading if there is one.
  static func text(
    of tree: MarkupTree, root: Int, without isLeftOut: [Bool], heading: [UInt8]?
  ) -> [UInt8] {
    var layout = PageLayout(tree: tree, isLeftOut: isLeftOut)
    if let heading {
      layout.writer.write(heading[...])
      layout.writer.breakLine(2)
    }
    layout.walk(root)
    return layout.writer.bytes
  }

  private init(tree: MarkupTree, isLeftOut: [Bool]) {
    self.tree = tree
    self.isLeftOut = isLeftOut
  }

  private mutating func walk(_ root: Int) {
    var index = root
    while index < tree.nodes[root].end {
      while let last = open.last, tree.nodes[last].end <= index { leave() }
      let node = tree.nodes[index]
      if isLeftOut[index], index != root {
        index = node.end
        continue
      }
      if node.tag == .text {
        let bytes = tree.text[node.bytes]
        if preDepth > 0 { writer.writePreformatted(bytes) } else { writer.write(bytes) }
      } else {
        enter(index, node)
      }
      index += 1
    }
    while !open.isEmpty { leave() }
  }

  private mutating func enter(_ index: Int, _ node: MarkupTree.Node) {
    open.append(index)
    switch node.tag {
    case .br: writer.addLineFeed()
    case .td, .th:
      if tables.last == true { writer.beginCell() } else { writer.breakLine(1) }
    case .ul, .ol, .menu, .dir:
      writer.breakLine(lists.isEmpty ? 2 : 1)
      lists.append(node.tag == .ol ? 0 : nil)
    case .li: beginItem()
    case .table:
      tables.append(isGrid(index))
      writer.breakLine(2)
    case .pre:
      preDepth += 1
      writer.breakLine(2)
    default:
      if let count = node.tag.lineFeeds, !isInCell(node.tag) { writer.breakLine(count) }
    }
  }

  private mutating func leave() {
    let node = tree.nodes[open.removeLast()]
    switch node.tag {
    case .ul, .ol, .menu, .dir:
      lists.removeLast()
      writer.breakLine(lists.isEmpty ? 2 : 1)
    case .li:
      writer.endItem()
      writer.breakLine(1)
    case .table:
      tables.removeLast()
      writer.breakLine(2)
    case .pre:
      preDepth -= 1
      writer.breakLine(2)
    case .td, .th:
      if tables.last != true { writer.breakLine(1) }
    default:
      if let count = node.tag.lineFeeds, !isInCell(node.tag) { writer.breakLine(count) }
    }
  }

  private mutating func beginItem() {
    writer.breakLine(1)
    guard let last = lists.last else { return writer.beginItem(Array("- ".utf8)) }
    let indent = String(repeating: "  ", count: max(0, lists.count - 1))
    if let number = last {
      lists[lists.count - 1] = number + 1
      writer.beginItem(Array("\(indent)\(number + 1). ".utf8))
    } else {
      writer.beginItem(Array("\(indent)- ".utf8))
    }
  }

  /// A block inside a cell of a row of text does not break the row.
  private func isInCell(_ tag: MarkupTag) -> Bool {
    guard tables.last == true else { return false }
    return tag != .tr && tag != .tbody && tag != .thead && tag != .tfoot && tag != .caption
  }

  /// Whether a table holds data in rows, and is not there for the page's layout.
  private func isGrid(_ table: Int) -> Bool {
    var cellByteCount = 0
    var cellEnd = 0
    var cellsInRow = 0
    var widest = 0
    for index in (table + 1)..<max(table + 1, tree.nodes[table].end) {
      let node = tree.nodes[index]
      switch node.tag {
      case .table, .ul, .ol, .pre, .h1, .h2: return false
      case .tr: cellsInRow = 0
      case .td, .th:
        cellsInRow += 1
        widest = max(widest, cellsInRow)
        (cellByteCount, cellEnd) = (0, node.end)
      case .text where index < cellEnd:
        cellByteCount += node.bytes.count
        if cellByteCount > 1000 { return false }
      default: break
      }
    }
    return widest > 1
  }
}
