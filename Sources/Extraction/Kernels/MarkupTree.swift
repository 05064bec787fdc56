internal import CGumbo

/// A parsed page: its elements and runs of text in document order, in one flat array.
struct MarkupTree {
  /// An element or a run of text.
  struct Node {
    let tag: MarkupTag
    /// The index of the first node that is not a descendant.
    let end: Int
    /// Where its bytes stand in the tree's `text`: what a run says, an element's class and id.
    let bytes: Range<Int>
    let isHidden: Bool
    let isLink: Bool
    let isArticleBody: Bool
    let role: Role
  }

  /// What an element's role attribute says of its place in the page.
  enum Role: UInt8 {
    case none, main, article
    /// Navigation, banner, search and what else is not the page's content.
    case beside
  }

  enum ParsingError: Error {
    /// Nested too deep, or growing too large while it is parsed.
    case tooComplex
  }

  let nodes: [Node]
  /// Valid UTF-8.
  let text: [UInt8]

  /// Parses valid UTF-8 as browsers do.
  init(parsing markup: [UInt8], maximumDepth: Int) throws(ParsingError) {
    // Ordinary pages take 10 to 30 times their size; unclosed formatting can take its square.
    let maximumMemory = 32 << 20 + 64 * markup.count
    var tree = unsafe cg_tree()
    let result = unsafe markup.withUnsafeBufferPointer { buffer in
      // SAFETY: the parser reads the buffer's bytes and keeps nothing of them.
      unsafe cg_parse(
        buffer.baseAddress, buffer.count, maximumMemory, UInt32(maximumDepth), &tree)
    }
    precondition(result != cg_no_memory, "the parser ran out of memory")
    guard result == cg_ok else { throw .tooComplex }
    defer { unsafe cg_tree_free(&tree) }
    // SAFETY: the tree owns that many nodes and bytes until it is freed; they are copied here.
    text = unsafe Array(UnsafeBufferPointer(start: tree.text, count: tree.text_count))
    nodes = unsafe UnsafeBufferPointer(start: tree.nodes, count: tree.node_count).map { node in
      let start = Int(node.text_start)
      return Node(
        tag: node.is_text != 0 ? .text : Self.tag(node.tag), end: Int(node.end),
        bytes: start..<(start + Int(node.text_count)),
        isHidden: node.flags & UInt8(cg_hidden) != 0, isLink: node.flags & UInt8(cg_link) != 0,
        isArticleBody: node.flags & UInt8(cg_article_body) != 0,
        role: Role(rawValue: node.role) ?? .none)
    }
  }

  /// gumbo's tag numbers to ours.
  private static let tags: [MarkupTag] = {
    var tags: [Int: MarkupTag] = [:]
    for tag in MarkupTag.allCases where tag != .other && tag != .text {
      tags[Int(unsafe cg_tag(tag.rawValue))] = tag
    }
    return (0...(tags.keys.max() ?? 0)).map { tags[$0] ?? .other }
  }()

  private static func tag(_ number: UInt16) -> MarkupTag {
    Int(number) < tags.count ? tags[Int(number)] : .other
  }
}
