internal import ByteKernels
internal import FoundationEssentials

/// Small JSON files of a run folder: readable, with keys in order, so equal values are equal bytes.
enum JSONFile {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  static func write(
    _ value: some Encodable, to path: String, replacing: Bool = true
  ) throws {
    _ = try publish(value, to: path, replacing: replacing)
  }

  /// Writes what a task's manifest will vouch for.
  static func publish(
    _ value: some Encodable, to path: String, replacing: Bool = true
  ) throws -> OutputFile.Published {
    let file = try OutputFile(path: path)
    try file.write(try encode(value))
    return try file.publish(replacing: replacing)
  }

  /// Nil when nothing is there; throws when what is there cannot be read as `Value`, with a remedy.
  static func read<Value: Decodable>(
    _ type: Value.Type, from path: String, remedy: String = "remove the file and run again"
  ) throws -> Value? {
    guard FileSystem.status(path) != nil else { return nil }
    let file = try MappedFile(path: path)
    let bytes = file.withBytes { (span: Span<UInt8>) in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(span.count)
      for index in span.indices { bytes.append(span[index]) }
      return bytes
    }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      let fault = (error as? DecodingError)?.fault ?? "\(error)"
      throw RunError(path: path, message: "not what this program writes: \(fault); \(remedy)")
    }
  }
}

extension DecodingError {
  /// What is wrong, and with which member.
  fileprivate var fault: String {
    switch self {
    case .keyNotFound(let key, let context):
      "the member '\(Self.name(context.codingPath + [key]))' is missing"
    case .valueNotFound(_, let context):
      "the member '\(Self.name(context.codingPath))' is null"
    case .typeMismatch(_, let context):
      "the member '\(Self.name(context.codingPath))' is of another kind"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "no JSON" : "the member '\(Self.name(context.codingPath))' cannot be"
    @unknown default: "\(self)"
    }
  }

  private static func name(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}

/// Numbers as fixed-width hexadecimal text, which JSON readers of any language keep whole.
enum Hexadecimal {
  static func digits(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a text has the form of a plan's identity: 32 digits.
  static func isIdentity(_ text: String) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
  }
}
