/// Finds, in a parsed page, the text its readers come for.
struct MainContent {
  /// The element that holds it.
  let root: Int
  /// The nodes inside it that do not belong to it.
  let isLeftOut: [Bool]

  /// Judges a page.
  ///
  /// 1. What is never text, hidden or by its element furniture is left out; so is what is furniture by
  ///    its name, unless it holds much of the page's prose.
  /// 2. The root is the element that says it is the article, or else the smallest that holds nearly
  ///    all of the prose.
  /// 3. Inside it, lists and blocks that are mostly links are left out.
  init(_ tree: MarkupTree) {
    var isLeftOut = Self.unread(tree)
    let all = PageMeasures(tree, without: isLeftOut)
    Self.leaveOutFurniture(tree, all, &isLeftOut)
    let measures = PageMeasures(tree, without: isLeftOut)
    root = Self.root(of: tree, measures, isLeftOut)
    Self.leaveOutLinkBlocks(tree, measures, root: root, &isLeftOut)
    self.isLeftOut = isLeftOut
  }

  /// What no reader of the page reads: silent elements and hidden ones.
  static func unread(_ tree: MarkupTree) -> [Bool] {
    tree.nodes.map { $0.tag.isSilent || ($0.isHidden && $0.tag != .body && $0.tag != .html) }
  }

  private static func leaveOutFurniture(
    _ tree: MarkupTree, _ measures: PageMeasures, _ isLeftOut: inout [Bool]
  ) {
    let nodes = tree.nodes
    let prose = max(1, measures.proseByteCount.first ?? 0)
    var articleEnd = 0
    var index = 0
    while index < nodes.count {
      let node = nodes[index]
      if isLeftOut[index] {
        index = node.end
        continue
      }
      index += 1
      guard node.tag != .text, node.tag != .body, node.tag != .html else { continue }
      let place = index - 1
      let share = Double(measures.proseByteCount[place]) / Double(prose)
      let hints = NameHints(tree.text[node.bytes])
      let isArticle = node.tag == .article || node.tag == .main || node.isArticleBody
      if isArticle, share > 0.3 { articleEnd = max(articleEnd, node.end) }
      let maximumShare: Double
      switch node.tag {
      case .nav, .aside, .menu: maximumShare = 0.4
      case .footer: maximumShare = 0.3
      case .header: maximumShare = place < articleEnd ? -1 : 0.2
      case .form: maximumShare = 0.2
      default:
        if node.role == .beside {
          maximumShare = 0.3
        } else if hints.contains(.unseen) {
          maximumShare = 0.1
        } else if hints.contains(.furniture), !isArticle, !node.tag.isHeading {
          maximumShare = hints.contains(.content) ? 0.1 : 0.25
        } else {
          maximumShare = -1
        }
      }
      if share <= maximumShare {
        isLeftOut[place] = true
        index = node.end
      }
    }
  }

  private static func root(
    of tree: MarkupTree, _ measures: PageMeasures, _ isLeftOut: [Bool]
  ) -> Int {
    let nodes = tree.nodes
    let body = nodes.firstIndex { $0.tag == .body } ?? 0
    let prose = measures.proseByteCount[body]
    var best = body
    // The smallest element that names itself the content and holds most of the prose.
    for (index, node) in nodes.enumerated() where node.tag != .text && !isLeftOut[index] {
      let isArticle =
        node.tag == .article || node.tag == .main || node.isArticleBody || node.role == .main
        || node.role == .article
      guard isArticle, measures.proseByteCount[index] * 10 > prose * 6, prose > 0 else { continue }
      if node.end <= nodes[best].end, index >= best { best = index }
    }
    // From there down while one child holds nearly all of it.
    while let child = child(of: best, in: tree, measures, isLeftOut) { best = child }
    return best
  }

  private static func child(
    of index: Int, in tree: MarkupTree, _ measures: PageMeasures, _ isLeftOut: [Bool]
  ) -> Int? {
    let nodes = tree.nodes
    var child = index + 1
    while child < nodes[index].end {
      let isLarge = measures.proseByteCount[child] * 100 > measures.proseByteCount[index] * 92
      if !isLeftOut[child], isLarge, nodes[child].tag != .p, nodes[child].tag.lineFeeds != nil {
        return child
      }
      child = nodes[child].end
    }
    return nil
  }

  private static func leaveOutLinkBlocks(
    _ tree: MarkupTree, _ measures: PageMeasures, root: Int, _ isLeftOut: inout [Bool]
  ) {
    let nodes = tree.nodes
    var index = root + 1
    while index < nodes[root].end {
      let node = nodes[index]
      let isBlock = (node.tag.lineFeeds != nil || node.tag == .td) && !node.tag.isHeading
      let isLinks =
        isBlock && measures.textByteCount[index] > 0 && measures.linkShare(index) > 0.5
        && measures.proseByteCount[index] == 0
      if isLinks || isLeftOut[index] {
        isLeftOut[index] = true
        index = node.end
      } else {
        index += 1
      }
    }
  }
}
