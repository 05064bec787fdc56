/// Writes JSON strings.
package enum JSONText {
  /// Appends `text`, valid UTF-8, as a quoted JSON string; only `"`, `\` and controls are escaped.
  package static func append(_ text: Span<UInt8>, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): json.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case UInt8(ascii: "\n"): json.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 0..<0x20:
        json.append(contentsOf: Array("\\u00".utf8))
        json.append(hexDigit(byte >> 4))
        json.append(hexDigit(byte & 15))
      default: json.append(byte)
      }
    }
    json.append(UInt8(ascii: "\""))
  }

  package static func append(_ text: String, to json: inout [UInt8]) {
    append(Array(text.utf8).span, to: &json)
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
