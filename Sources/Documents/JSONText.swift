internal import ByteKernels

/// Writes JSON strings.
package enum JSONText {
  /// Appends `text`, valid UTF-8, as a quoted JSON string; only `"`, `\` and controls are escaped.
  package static func append(_ text: Span<UInt8>, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    JSONStringBytes.appendEscaped(text, to: &json)
    json.append(UInt8(ascii: "\""))
  }

  package static func append(_ text: String, to json: inout [UInt8]) {
    append(Array(text.utf8).span, to: &json)
  }

  /// `text` as a quoted JSON string.
  package static func quoted(_ text: String) -> String {
    var json: [UInt8] = []
    append(text, to: &json)
    return String(decoding: json, as: UTF8.self)
  }
}
