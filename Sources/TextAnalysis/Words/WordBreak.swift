/// The values of Unicode's Word_Break property, numbered as the property table numbers them.
enum WordBreak {
  static var carriageReturn: UInt16 { 1 }
  static var lineFeed: UInt16 { 2 }
  static var newline: UInt16 { 3 }
  static var extend: UInt16 { 4 }
  static var format: UInt16 { 5 }
  static var zeroWidthJoiner: UInt16 { 6 }
  static var regionalIndicator: UInt16 { 7 }
  static var katakana: UInt16 { 8 }
  static var hebrewLetter: UInt16 { 9 }
  static var letter: UInt16 { 10 }
  static var singleQuote: UInt16 { 11 }
  static var doubleQuote: UInt16 { 12 }
  static var midNumberLetter: UInt16 { 13 }
  static var midLetter: UInt16 { 14 }
  static var midNumber: UInt16 { 15 }
  static var numeric: UInt16 { 16 }
  static var extendNumberLetter: UInt16 { 17 }
  static var space: UInt16 { 18 }

  @inline(__always)
  static func isIgnorable(_ value: UInt16) -> Bool { value >= extend && value <= zeroWidthJoiner }

  @inline(__always)
  static func endsLine(_ value: UInt16) -> Bool { value >= carriageReturn && value <= newline }

  @inline(__always)
  static func isLetter(_ value: UInt16) -> Bool { value == hebrewLetter || value == letter }

  /// Whether the rules without look-ahead (WB5, WB8-WB10, WB13-WB13b) join two neighbours.
  @inline(__always)
  static func joins(_ left: UInt16, _ right: UInt16) -> Bool {
    // Bit r of row l, for the classes of letters, digits, Katakana and connectors.
    let word = mask(hebrewLetter, letter, numeric)
    let row: UInt32
    switch left {
    case hebrewLetter, letter, numeric: row = word | mask(extendNumberLetter)
    case katakana: row = mask(katakana, extendNumberLetter)
    case extendNumberLetter: row = word | mask(katakana, extendNumberLetter)
    default: row = 0
    }
    return row & (1 &<< UInt32(right)) != 0
  }

  /// Whether `middle` may join two letters (WB6, WB7) or two digits (WB11, WB12), by what stands left;
  /// a double quote joins Hebrew letters only (WB7b, WB7c).
  @inline(__always)
  static func mayJoin(_ left: UInt16, _ middle: UInt16) -> Bool {
    switch left {
    case letter: isIn(middle, mask(midLetter, midNumberLetter, singleQuote))
    case hebrewLetter: isIn(middle, mask(midLetter, midNumberLetter, singleQuote, doubleQuote))
    case numeric: isIn(middle, mask(midNumber, midNumberLetter, singleQuote))
    default: false
    }
  }

  /// Whether `right` completes what `left` and `middle` began.
  @inline(__always)
  static func completes(_ left: UInt16, _ middle: UInt16, _ right: UInt16) -> Bool {
    if left == numeric { return right == numeric }
    if middle == doubleQuote { return right == hebrewLetter }
    return isLetter(right)
  }

  @inline(__always)
  private static func mask(_ values: UInt16...) -> UInt32 {
    values.reduce(0) { $0 | (1 &<< UInt32($1)) }
  }

  @inline(__always)
  private static func isIn(_ value: UInt16, _ mask: UInt32) -> Bool {
    mask & (1 &<< UInt32(value)) != 0
  }
}
