internal import FoundationEssentials

/// A value of JSON, as Spark writes the parameters of a stage.
enum SparkParameter: Sendable, Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case list([SparkParameter])
  case object([String: SparkParameter])
}

extension SparkParameter: Decodable {
  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let boolean = try? value.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let list = try? value.decode([SparkParameter].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: SparkParameter].self))
    }
  }
}
