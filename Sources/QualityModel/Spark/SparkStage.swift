internal import ByteKernels
internal import FoundationEssentials

/// A folder that Spark ML saved a stage in: JSON about it, and Parquet with what it learned.
struct SparkStage: Sendable {
  let directory: String
  /// The file that says what the stage is.
  let path: String
  /// The name of the class without its package.
  let kind: String
  let uid: String
  let sparkVersion: String
  private let parameters: [String: SparkParameter]
  private let defaults: [String: SparkParameter]

  private struct Metadata: Decodable {
    let `class`: String
    let uid: String
    let sparkVersion: String
    let paramMap: [String: SparkParameter]
    /// Absent before Spark 2.4.
    let defaultParamMap: [String: SparkParameter]?
  }

  static let maximumMetadataByteCount = 64 << 20

  /// The files of data in a folder; Spark writes checksums and marks beside them.
  static func parts(_ folder: String) -> [String] {
    FileSystem.files(in: folder).filter { FileSystem.baseName($0).hasPrefix("part-") }
  }

  init(directory: String) throws(QualityModelError) {
    let folder = "\(directory)/metadata"
    var found: (path: String, line: [UInt8])?
    for path in Self.parts(folder) where found == nil {
      let line = try Self.firstLine(path)
      if !line.isEmpty { found = (path, line) }
    }
    guard let (path, line) = found else {
      throw QualityModelError(
        path: folder,
        message: "has no file part-* with the metadata of a Spark ML stage; copy the model again")
    }
    guard let metadata = try? JSONDecoder().decode(Metadata.self, from: Data(line)) else {
      throw QualityModelError(
        path: path, message: "is not the metadata of a Spark ML stage; copy the model again")
    }
    self.directory = directory
    self.path = path
    kind = metadata.class.split(separator: ".").last.map(String.init) ?? metadata.class
    uid = metadata.uid
    sparkVersion = metadata.sparkVersion
    parameters = metadata.paramMap
    defaults = metadata.defaultParamMap ?? [:]
  }

  private static func firstLine(_ path: String) throws(QualityModelError) -> [UInt8] {
    do throws(FileError) {
      var bytes: [UInt8] = []
      let file = try InputFile(path: path)
      while bytes.count <= maximumMetadataByteCount,
        try file.read(into: &bytes, limit: 1 << 16) > 0
      {}
      guard bytes.count <= maximumMetadataByteCount else {
        throw FileError(operation: "read so much metadata in", path: path, code: 27)
      }
      return Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
    } catch {
      throw QualityModelError(path: path, message: error.reason)
    }
  }

  /// The major number of the version; 0 when there is none.
  var majorVersion: Int { Int(sparkVersion.prefix { $0.isNumber }) ?? 0 }

  func failure(_ message: String) -> QualityModelError {
    QualityModelError(path: path, message: message)
  }

  private func value(_ name: String) -> SparkParameter? {
    let value = parameters[name] ?? defaults[name]
    return value == .null ? nil : value
  }

  func string(_ name: String) throws(QualityModelError) -> String? {
    guard let value = value(name) else { return nil }
    guard case .string(let string) = value else { throw wrong(name, "a string") }
    return string
  }

  func boolean(_ name: String, default fallback: Bool) throws(QualityModelError) -> Bool {
    guard let value = value(name) else { return fallback }
    guard case .boolean(let boolean) = value else { throw wrong(name, "true or false") }
    return boolean
  }

  func integer(
    _ name: String, default fallback: Int, in range: ClosedRange<Int>
  ) throws(QualityModelError) -> Int {
    guard let value = value(name) else { return fallback }
    guard case .number(let number) = value, let integer = Int(exactly: number),
      range.contains(integer)
    else { throw wrong(name, "a number from \(range.lowerBound) to \(range.upperBound)") }
    return integer
  }

  func number(_ name: String, default fallback: Double) throws(QualityModelError) -> Double {
    guard let value = value(name) else { return fallback }
    guard case .number(let number) = value else { throw wrong(name, "a number") }
    return number
  }

  /// Nulls are left out.
  func strings(_ name: String) throws(QualityModelError) -> [String]? {
    guard let value = value(name) else { return nil }
    guard case .list(let values) = value else { throw wrong(name, "a list of strings") }
    var strings: [String] = []
    for value in values where value != .null {
      guard case .string(let string) = value else { throw wrong(name, "a list of strings") }
      strings.append(string)
    }
    return strings
  }

  func numbers(_ name: String) throws(QualityModelError) -> [Double]? {
    guard let value = value(name) else { return nil }
    guard case .list(let values) = value else { throw wrong(name, "a list of numbers") }
    var numbers: [Double] = []
    for value in values {
      guard case .number(let number) = value else { throw wrong(name, "a list of numbers") }
      numbers.append(number)
    }
    return numbers
  }

  private func wrong(_ name: String, _ right: String) -> QualityModelError {
    failure("has a parameter \(name) that is not \(right); write the model again")
  }

  /// The column that this stage makes another of; nil when it does not make that one.
  func input(of column: String) throws(QualityModelError) -> String? {
    if let outputs = try strings("outputCols"), let inputs = try strings("inputCols"),
      outputs.count == inputs.count, let position = outputs.firstIndex(of: column)
    {
      return inputs[position]
    }
    guard try string("outputCol") == column else { return nil }
    guard let input = try string("inputCol") else {
      throw failure("does not name its column with inputCol")
    }
    return input
  }
}
