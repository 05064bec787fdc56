/// The title of a page, where its text does not begin with it.
enum PageTitle {
  /// The page's own heading of the first rank, or else what its title element says; nil when the text
  /// under `root` holds a heading that says as much, or when the page has neither.
  static func missing(
    from tree: MarkupTree, root: Int, without isLeftOut: [Bool]
  ) -> [UInt8]? {
    let nodes = tree.nodes
    guard let element = nodes.firstIndex(where: { $0.tag == .title }) else { return nil }
    let title = words(of: tree, element)
    guard !title.isEmpty else { return nil }
    var index = root
    while index < nodes[root].end {
      if isLeftOut[index], index != root {
        index = nodes[index].end
        continue
      }
      if nodes[index].tag == .h1 { return nil }
      if nodes[index].tag.isHeading {
        let heading = words(of: tree, index)
        if !heading.isEmpty, contains(title, heading) { return nil }
      }
      index += 1
    }
    // A heading outside the content that the title repeats is the title without the site's name.
    for index in nodes.indices where nodes[index].tag == .h1 {
      let heading = words(of: tree, index)
      if !heading.isEmpty, contains(title, heading) {
        return Array(heading.joined(separator: [0x20]))
      }
    }
    return Array(title.joined(separator: [0x20]))
  }

  /// No heading is longer; it bounds the work that nested headings can make.
  private static let maximumByteCount = 1000

  /// The element's words; none of a text too long for a heading.
  private static func words(of tree: MarkupTree, _ element: Int) -> [ArraySlice<UInt8>] {
    var text: [UInt8] = []
    let end = min(tree.nodes[element].end, element + maximumByteCount)
    for index in element..<end where tree.nodes[index].tag == .text {
      let bytes = tree.nodes[index].bytes
      guard text.count + bytes.count <= maximumByteCount else { return [] }
      text.append(contentsOf: tree.text[bytes])
    }
    return text.split { $0 <= 0x20 }
  }

  /// Whether the words of one stand in the other in a row.
  private static func contains(_ words: [ArraySlice<UInt8>], _ part: [ArraySlice<UInt8>]) -> Bool {
    guard part.count <= words.count else { return false }
    return (0...(words.count - part.count)).contains { start in
      words[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
