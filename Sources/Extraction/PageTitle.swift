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

  private static func words(of tree: MarkupTree, _ element: Int) -> [ArraySlice<UInt8>] {
    var text: [UInt8] = []
    for index in element..<tree.nodes[element].end where tree.nodes[index].tag == .text {
      text.append(contentsOf: tree.text[tree.nodes[index].bytes])
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
