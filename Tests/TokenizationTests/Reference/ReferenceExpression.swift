/// A regular expression matched as its definition says: at each place the first alternative that
/// leads to a match, quantifiers taking all they can and giving back one at a time.
///
/// It knows what the published split patterns are written with; `++`, `*+`, `?+` and `{m,n}+` are
/// possessive, as in tiktoken, and `$` is the end of the text.
struct ReferenceExpression: Sendable {
  fileprivate indirect enum Node: Sendable {
    case set(@Sendable (Unicode.Scalar) -> Bool)
    case end
    case sequence([Node])
    case choice([Node])
    case repetition(Node, ClosedRange<Int>, isPossessive: Bool)
    case notAhead(Node)
  }

  private let root: Node

  init(_ pattern: String) {
    var parser = Parser(pattern: Array(pattern.unicodeScalars))
    root = parser.parse()
  }

  /// The end of the match that begins at a place; nil when there is none.
  func match(_ text: [Unicode.Scalar], from start: Int) -> Int? {
    Matcher(text: text).match(root, start) { $0 }
  }
}

private struct Matcher {
  typealias Node = ReferenceExpression.Node

  let text: [Unicode.Scalar]

  func match(_ node: Node, _ place: Int, _ rest: (Int) -> Int?) -> Int? {
    switch node {
    case .set(let contains):
      return place < text.count && contains(text[place]) ? rest(place + 1) : nil
    case .end: return place == text.count ? rest(place) : nil
    case .sequence(let nodes): return match(nodes[...], place, rest)
    case .choice(let nodes):
      for node in nodes {
        if let end = match(node, place, rest) { return end }
      }
      return nil
    case .repetition(let node, let bounds, let isPossessive):
      return repetition(node, bounds, isPossessive, place, rest)
    case .notAhead(let node): return match(node, place) { $0 } == nil ? rest(place) : nil
    }
  }

  private func match(_ nodes: ArraySlice<Node>, _ place: Int, _ rest: (Int) -> Int?) -> Int? {
    guard let first = nodes.first else { return rest(place) }
    return match(first, place) { match(nodes.dropFirst(), $0, rest) }
  }

  /// What is repeated has one length at a place, in all patterns that are used.
  private func repetition(
    _ node: Node, _ bounds: ClosedRange<Int>, _ isPossessive: Bool, _ place: Int,
    _ rest: (Int) -> Int?
  ) -> Int? {
    var ends = [place]
    while ends.count <= bounds.upperBound, let last = ends.last,
      let end = match(node, last, { $0 })
    {
      ends.append(end)
    }
    while ends.count > bounds.lowerBound, let last = ends.popLast() {
      if let end = rest(last) { return end }
      if isPossessive { return nil }
    }
    return nil
  }
}

private struct Parser {
  typealias Node = ReferenceExpression.Node

  let pattern: [Unicode.Scalar]
  private var position = 0
  private var ignoresCase = false

  init(pattern: [Unicode.Scalar]) {
    self.pattern = pattern
  }

  mutating func parse() -> Node {
    let root = choice()
    precondition(position == pattern.count, "all of the expression is understood")
    return root
  }

  private mutating func take(_ wanted: String) -> Bool {
    let scalars = Array(wanted.unicodeScalars)
    guard pattern[position...].starts(with: scalars) else { return false }
    position += scalars.count
    return true
  }

  private mutating func next() -> Unicode.Scalar {
    defer { position += 1 }
    return pattern[position]
  }

  private mutating func choice() -> Node {
    var nodes = [sequence()]
    while take("|") { nodes.append(sequence()) }
    return nodes.count == 1 ? nodes[0] : .choice(nodes)
  }

  private mutating func sequence() -> Node {
    var nodes: [Node] = []
    while position < pattern.count, pattern[position] != "|", pattern[position] != ")" {
      nodes.append(quantified(atom()))
    }
    return .sequence(nodes)
  }

  private mutating func quantified(_ node: Node) -> Node {
    let bounds: ClosedRange<Int>
    if take("?") {
      bounds = 0...1
    } else if take("*") {
      bounds = 0...Int.max - 1
    } else if take("+") {
      bounds = 1...Int.max - 1
    } else if take("{1,3}") {
      bounds = 1...3
    } else {
      return node
    }
    return .repetition(node, bounds, isPossessive: take("+"))
  }

  private mutating func atom() -> Node {
    if take("(?i:") {
      ignoresCase = true
      defer { ignoresCase = false }
      return group()
    }
    if take("(?:") { return group() }
    if take("(?!") {
      return .notAhead(group())
    }
    if take("$") { return .end }
    if take("[") { return .set(bracket()) }
    return .set(member(next()))
  }

  private mutating func group() -> Node {
    let node = choice()
    precondition(take(")"), "a group ends")
    return node
  }

  private mutating func bracket() -> @Sendable (Unicode.Scalar) -> Bool {
    let isNegated = take("^")
    var members: [@Sendable (Unicode.Scalar) -> Bool] = []
    while !take("]") {
      let first = next()
      if first != "\\", pattern[position] == "-", pattern[position + 1] != "]" {
        position += 1
        let last = next()
        members.append { first <= $0 && $0 <= last }
      } else {
        members.append(member(first))
      }
    }
    return { [members] scalar in members.contains { $0(scalar) } != isNegated }
  }

  private mutating func member(_ first: Unicode.Scalar) -> @Sendable (Unicode.Scalar) -> Bool {
    guard first == "\\" else {
      guard ignoresCase else { return { $0 == first } }
      // The long s is an s, and no other scalar beyond ASCII is one of the letters in use.
      return {
        String($0).lowercased() == String(first) || (first == "s" && $0 == "\u{17F}")
      }
    }
    switch next() {
    case "r": return { $0 == "\r" }
    case "n": return { $0 == "\n" }
    case "s": return { ReferenceClasses.of($0).contains(.whitespace) }
    case "S": return { !ReferenceClasses.of($0).contains(.whitespace) }
    case "p":
      var name = ""
      precondition(take("{"), "a property has a name")
      while !take("}") { name.unicodeScalars.append(next()) }
      return { [name] in ReferenceClasses.has($0, name) }
    case let other: return { $0 == other }
    }
  }
}

/// The classes of scalars, remembered: the standard library is slow to tell them.
enum ReferenceClasses {
  private static let known: [Unicode.Scalar: Set<ScalarClassGenerator.Class>] = {
    var known: [Unicode.Scalar: Set<ScalarClassGenerator.Class>] = [:]
    for scalar in PreTokenizerTests.alphabet + PreTokenizerTests.representatives {
      known[scalar] = find(scalar)
    }
    return known
  }()

  static func of(_ scalar: Unicode.Scalar) -> Set<ScalarClassGenerator.Class> {
    known[scalar] ?? find(scalar)
  }

  private static func find(_ scalar: Unicode.Scalar) -> Set<ScalarClassGenerator.Class> {
    Set(ScalarClassGenerator.Class.allCases.filter { ScalarClassGenerator.contains(scalar, $0) })
  }

  static func has(_ scalar: Unicode.Scalar, _ property: String) -> Bool {
    let classes = of(scalar)
    let isCased = classes.contains(.capitals) || classes.contains(.lowercase)
    switch property {
    case "L": return classes.contains(.letters)
    case "N": return classes.contains(.numbers)
    case "M": return classes.contains(.marks)
    case "Lu", "Lt": return classes.contains(.capitals)
    case "Ll": return classes.contains(.lowercase)
    case "Lm", "Lo": return classes.contains(.letters) && !isCased
    // Always named together.
    case "P", "S": return classes.contains(.signs)
    default: preconditionFailure("the property \(property) is not in use")
    }
  }
}
