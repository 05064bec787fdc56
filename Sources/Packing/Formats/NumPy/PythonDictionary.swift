/// Reads the dictionary in a NumPy header, as Python's literals are written.
///
/// Keys may come in any order; there may be spaces between all parts.
struct PythonDictionary: ~Escapable {
  struct Header: Equatable {
    var description = ""
    var isFortran = false
    var shape: [Int] = []
  }

  /// What was found where.
  struct Problem: Error {
    let byteOffset: Int
    let message: String
  }

  private let bytes: Span<UInt8>
  private var place: Int

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, from start: Int) {
    self.bytes = bytes
    place = start
  }

  @_lifetime(self: copy self)
  mutating func header() throws(Problem) -> Header {
    var header = Header()
    var keys: Set<String> = []
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr": header.description = try string()
      case "fortran_order": header.isFortran = try truth()
      case "shape": header.shape = try tuple()
      default: throw problem("the key '\(key)' is unknown")
      }
      guard keys.insert(key).inserted else { throw problem("the key '\(key)' stands twice") }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard place == bytes.count else { throw problem("more follows the dictionary") }
    guard keys.count == 3 else {
      throw problem("a header has the keys descr, fortran_order and shape")
    }
    return header
  }

  private func problem(_ message: String) -> Problem {
    Problem(byteOffset: place, message: "in the header: \(message)")
  }

  @_lifetime(self: copy self)
  private mutating func skipSpaces() {
    while place < bytes.count, bytes[place] == 0x20 || (0x09...0x0D).contains(bytes[place]) {
      place += 1
    }
  }

  /// Takes a mark if it comes next.
  @_lifetime(self: copy self)
  private mutating func take(_ mark: Character) -> Bool {
    skipSpaces()
    guard place < bytes.count, bytes[place] == mark.asciiValue else { return false }
    place += 1
    return true
  }

  @_lifetime(self: copy self)
  private mutating func expect(_ mark: Character) throws(Problem) {
    guard take(mark) else { throw problem("'\(mark)' should stand here") }
  }

  @_lifetime(self: copy self)
  private mutating func string() throws(Problem) -> String {
    let quote: UInt8 = take("'") ? 0x27 : 0x22
    if quote == 0x22 { try expect("\"") }
    var text: [UInt8] = []
    while place < bytes.count, bytes[place] != quote {
      text.append(bytes[place])
      place += 1
    }
    guard place < bytes.count else { throw problem("a string has no end") }
    place += 1
    return String(decoding: text, as: UTF8.self)
  }

  @_lifetime(self: copy self)
  private mutating func word() -> String {
    skipSpaces()
    var text: [UInt8] = []
    while place < bytes.count, bytes[place] | 0x20 >= 0x61, bytes[place] | 0x20 <= 0x7A {
      text.append(bytes[place])
      place += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  @_lifetime(self: copy self)
  private mutating func truth() throws(Problem) -> Bool {
    switch word() {
    case "True": return true
    case "False": return false
    default: throw problem("True or False should stand here")
    }
  }

  @_lifetime(self: copy self)
  private mutating func tuple() throws(Problem) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !take(")") {
      numbers.append(try number())
      if !take(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  @_lifetime(self: copy self)
  private mutating func number() throws(Problem) -> Int {
    skipSpaces()
    let start = place
    var value = 0
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
      // 18 digits fit, and no file has more elements.
      guard place - start < 18 else { throw problem("a number is too large") }
      value = value * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    guard place > start else { throw problem("a number should stand here") }
    return value
  }
}
