internal import Documents

/// JSON with a line for every member and item, two spaces deeper at every level.
struct JSONLines {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  mutating func open(_ bracket: String) {
    raw(bracket)
    depth += 1
    isFirst = true
  }

  mutating func close(_ bracket: String) {
    depth -= 1
    if !isFirst { newLine() }
    raw(bracket)
    isFirst = false
  }

  mutating func item() {
    if !isFirst { raw(",") }
    newLine()
    isFirst = false
  }

  mutating func name(_ name: String) {
    self.name(Array(name.utf8))
  }

  mutating func name(_ name: [UInt8]) {
    item()
    text(name)
    raw(": ")
  }

  mutating func member(_ name: String, _ json: String) {
    self.name(name)
    raw(json)
  }

  /// A member whose value is null when there is none.
  mutating func member(_ name: String, _ tree: JSONTree?) {
    self.name(name)
    value(tree ?? .null)
  }

  mutating func member(_ name: String, text: String) {
    self.name(name)
    self.text(Array(text.utf8))
  }

  mutating func text(_ text: [UInt8]) {
    JSONText.append(text.span, to: &bytes)
  }

  mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a value with a line for every member and item of it.
  mutating func value(_ tree: JSONTree) {
    switch tree {
    case .array(let values):
      open("[")
      for value in values {
        item()
        self.value(value)
      }
      close("]")
    case .object(let members):
      open("{")
      for member in members {
        name(member.name)
        value(member.value)
      }
      close("}")
    default: tree.appendScalar(to: &bytes)
    }
  }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}
