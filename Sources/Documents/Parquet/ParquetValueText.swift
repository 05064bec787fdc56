internal import ByteKernels

/// Writes the values of a column as JSON.
///
/// Time stamps and dates are ISO 8601, decimals strings with all their digits, infinities and
/// not-a-number `null`. Bytes that are no text are `{"base64":"..."}`.
enum ParquetValueText {
  /// Appends value `index` of `values`.
  static func append(
    _ values: borrowing ParquetValues, _ index: Int, _ format: ParquetFormat, _ type: ParquetType,
    to json: inout [UInt8]
  ) {
    switch format {
    case .boolean: append(values.numbers[index] == 0 ? "false" : "true", to: &json)
    case .signed32: append(Int(Int32(truncatingIfNeeded: values.numbers[index])), to: &json)
    case .signed64: append(Int(bitPattern: UInt(values.numbers[index])), to: &json)
    case .unsigned32: append(Int(UInt32(truncatingIfNeeded: values.numbers[index])), to: &json)
    case .unsigned64: append(String(values.numbers[index]), to: &json)
    case .float:
      let number = Float(bitPattern: UInt32(truncatingIfNeeded: values.numbers[index]))
      append(number.isFinite ? number.description : "null", to: &json)
    case .double:
      let number = Double(bitPattern: values.numbers[index])
      append(number.isFinite ? number.description : "null", to: &json)
    case .date:
      let days = Int(Int32(truncatingIfNeeded: values.numbers[index]))
      quote(&json) { ParquetDate.appendDate(days, to: &$0) }
    case .time(let unit):
      let bits = values.numbers[index]
      let count = unit == .milliseconds ? Int(Int32(truncatingIfNeeded: bits)) : signed(bits)
      quote(&json) { ParquetDate.appendTime(count, unit, to: &$0) }
    case .timestamp(let unit, let isUTC):
      let count = signed(values.numbers[index])
      quote(&json) {
        ParquetDate.appendTimestamp(count, unit, to: &$0)
        if isUTC { $0.append(UInt8(ascii: "Z")) }
      }
    case .decimal(let scale) where type == .int32:
      let number = Int(Int32(truncatingIfNeeded: values.numbers[index]))
      quote(ParquetDecimal.text(String(number), scale: scale), to: &json)
    case .decimal(let scale) where type == .int64:
      quote(ParquetDecimal.text(String(signed(values.numbers[index])), scale: scale), to: &json)
    case .null: append("null", to: &json)
    default:
      let range = values.places[index].range
      appendBytes(values.bytes.span.extracting(range), format, to: &json)
    }
  }

  /// Appends a string; malformed UTF-8 becomes U+FFFD.
  static func appendText(_ bytes: Span<UInt8>, to json: inout [UInt8]) {
    if UTF8Validator.isValid(bytes) {
      JSONText.append(bytes, to: &json)
    } else {
      let repaired = UTF8Repair.repaired(
        [UInt8](copying: bytes), replacing: .replacementCharacter)
      JSONText.append(repaired.bytes.span, to: &json)
    }
  }

  private static func appendBytes(
    _ bytes: Span<UInt8>, _ format: ParquetFormat, to json: inout [UInt8]
  ) {
    switch format {
    case .text: appendText(bytes, to: &json)
    case .bytes where UTF8Validator.isValid(bytes): JSONText.append(bytes, to: &json)
    case .timestamp96:
      let nanoseconds = Int(bitPattern: UInt(bytes.raw.load64(0)))
      let days = Int(bytes.raw.load32(8)) - 2_440_588
      quote(&json) {
        ParquetDate.appendTimestamp(days: days, nanosecondsOfDay: nanoseconds, to: &$0)
      }
    case .float16:
      let number = float(half: bytes.raw.load16(0))
      append(number.isFinite ? number.description : "null", to: &json)
    case .decimal(let scale):
      quote(ParquetDecimal.text(ParquetDecimal.digits(bytes), scale: scale), to: &json)
    case .uuid: quote(uuid(bytes), to: &json)
    case .interval:
      let raw = bytes.raw
      append(#"{"months":\#(raw.load32(0)),"days":\#(raw.load32(4)),"#, to: &json)
      append(#""milliseconds":\#(raw.load32(8))}"#, to: &json)
    default:
      append(#"{"base64":""#, to: &json)
      appendBase64(bytes, to: &json)
      append(#""}"#, to: &json)
    }
  }

  private static func signed(_ bits: UInt64) -> Int { Int(bitPattern: UInt(bits)) }

  static func append(_ text: String, to json: inout [UInt8]) {
    json.append(contentsOf: text.utf8)
  }

  private static func append(_ number: Int, to json: inout [UInt8]) {
    if number < 0 { json.append(UInt8(ascii: "-")) }
    ParquetDate.appendDigits(number.magnitude, to: &json)
  }

  private static func quote(_ json: inout [UInt8], _ write: (inout [UInt8]) -> Void) {
    json.append(UInt8(ascii: "\""))
    write(&json)
    json.append(UInt8(ascii: "\""))
  }

  private static func quote(_ text: String, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    json.append(contentsOf: text.utf8)
    json.append(UInt8(ascii: "\""))
  }

  private static func uuid(_ bytes: Span<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for index in bytes.indices {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(bytes[index] >> 4)])
      text.append(digits[Int(bytes[index] & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func float(half: UInt16) -> Float {
    let sign = UInt32(half >> 15) << 31
    let exponent = UInt32(half >> 10 & 31)
    let fraction = UInt32(half & 1023)
    if exponent == 31 { return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13) }
    if exponent == 0 {
      let magnitude = Float(fraction) / 16_777_216
      return sign == 0 ? magnitude : -magnitude
    }
    return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }

  /// Source: RFC 4648, section 4.
  static func appendBase64(_ bytes: Span<UInt8>, to json: inout [UInt8]) {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var start = 0
    while start < bytes.count {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for index in 0..<3 {
        group = group << 8 | (index < count ? UInt32(bytes[start + index]) : 0)
      }
      for index in 0..<4 {
        let place = Int(group >> UInt32(18 - 6 * index) & 63)
        json.append(index <= count ? alphabet[place] : UInt8(ascii: "="))
      }
      start += 3
    }
  }
}
