internal import ByteKernels
internal import Documents

/// A stage as it is written: what Spark is told about it, and what it learned.
struct SparkStageFile {
  /// A value of a parameter; Spark tells whole numbers from others by their point.
  enum Parameter {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case numbers([Double])
    case string(String)
    case strings([String])
  }

  /// Every version since 3.0 reads what this one wrote.
  static let writtenVersion = "3.5.0"
  /// The last that hashed terms otherwise.
  static let legacyVersion = "2.4.8"

  /// The name of the class without its package.
  let kind: String
  var package = "org.apache.spark.ml.feature"
  var sparkVersion = Self.writtenVersion
  var parameters: [(name: String, value: Parameter)]
  var data: [UInt8]?

  /// A name that depends on the content alone, where Spark takes a random one.
  var uid: String {
    var content = json(uid: "")
    if let data { content += data }
    return "\(kind)_\(Self.digits(XXH64.hash(content.span)))"
  }

  /// Twelve digits, as Spark has.
  static func digits(_ number: UInt64) -> String {
    let digits = String(number >> 16, radix: 16)
    return String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// The line of metadata; without a clock, so that the same model gives the same bytes.
  func json(uid: String) -> [UInt8] {
    var json: [UInt8] = []
    json += Array(#"{"class":"\#(package).\#(kind)","timestamp":0,"#.utf8)
    json += Array(#""sparkVersion":"\#(sparkVersion)","uid":"\#(uid)","paramMap":{"#.utf8)
    for (index, parameter) in parameters.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      JSONText.append(parameter.name, to: &json)
      json.append(UInt8(ascii: ":"))
      Self.append(parameter.value, to: &json)
    }
    return json + Array("},\"defaultParamMap\":{}}\n".utf8)
  }

  private static func append(_ value: Parameter, to json: inout [UInt8]) {
    switch value {
    case .boolean(let truth): json += Array("\(truth)".utf8)
    case .integer(let number): json += Array("\(number)".utf8)
    case .number(let number): json += Array("\(number)".utf8)
    case .numbers(let numbers): json += Array("\(numbers)".utf8)
    case .string(let string): JSONText.append(string, to: &json)
    case .strings(let strings):
      json.append(UInt8(ascii: "["))
      for (index, string) in strings.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        JSONText.append(string, to: &json)
      }
      json.append(UInt8(ascii: "]"))
    }
  }
}
