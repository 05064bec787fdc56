/// One column of an MDS shard: what it is called and how its values are laid out.
struct MDSColumn: Equatable {
  let name: String
  /// `ndarray:uint16:2048`, `bytes`, ...
  let encoding: String
  /// Bytes of every value; nil when each value says it itself.
  let byteCount: Int?

  /// A column of arrays of one length, or, with the length 0, of any.
  init(_ name: String, _ type: TokenType, length: Int) {
    self.name = name
    encoding = "ndarray:\(type.rawValue)" + (length == 0 ? "" : ":\(length)")
    byteCount = length == 0 ? nil : length * type.byteCount
  }

  init(name: String, encoding: String, byteCount: Int?) {
    self.name = name
    self.encoding = encoding
    self.byteCount = byteCount
  }

  /// How the integers of a value are read; nil for an encoding that holds none.
  var array: MDSArray? {
    let parts = encoding.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts == ["bytes"] { return MDSArray(type: nil, namesType: false, namesShape: false) }
    guard parts[0] == "ndarray", parts.count <= 3 else { return nil }
    guard parts.count > 1 else { return MDSArray(type: nil, namesType: true, namesShape: true) }
    guard let type = TokenType(rawValue: parts[1]) else { return nil }
    return MDSArray(type: type, namesType: false, namesShape: parts.count == 2)
  }
}

/// How an array of integers stands in a sample.
struct MDSArray: Equatable {
  /// Nil when the value names it, and for bare bytes, whose type nobody names.
  let type: TokenType?
  /// True when the value begins with the number of its type.
  let namesType: Bool
  /// True when the value, or what follows its type, begins with its shape.
  let namesShape: Bool

  /// Where the integers begin in a value, and their type; nil when the value is not of this form.
  ///
  /// `bareType` is that of bare bytes.
  func elements(
    of value: Span<UInt8>, bareType: TokenType
  ) -> (start: Int, type: TokenType)? {
    var start = 0
    var found = type ?? bareType
    if namesType {
      guard let code = value.count > 0 ? value[0] : nil,
        let named = TokenType(codeInMDS: code)
      else { return nil }
      (found, start) = (named, 1)
    }
    if namesShape {
      guard start < value.count else { return nil }
      let dimensionCount = Int(value[start] >> 2)
      start += 1 + dimensionCount << Int(value[start] & 3)
    }
    guard start <= value.count, (value.count - start) % found.byteCount == 0 else { return nil }
    return (start, found)
  }
}

extension TokenType {
  /// The number that stands for the type where a value names its own.
  ///
  /// Source: `NDArray` in `streaming/base/format/mds/encodings.py`.
  private var codeInMDS: UInt8 { UInt8(8 * byteCount) + (rawValue.hasPrefix("i") ? 1 : 0) }

  init?(codeInMDS code: UInt8) {
    guard let type = Self.allCases.first(where: { $0.codeInMDS == code }) else { return nil }
    self = type
  }
}
