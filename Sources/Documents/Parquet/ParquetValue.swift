/// A value of a Parquet file that holds tables of numbers and not documents.
package indirect enum ParquetValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// Also of columns of 32-bit numbers.
  case double(Double)
  /// A string or bytes, as they are.
  case bytes([UInt8])
  case integers([Int])
  case doubles([Double])
  /// A list of anything but numbers.
  case list([ParquetValue])
  case structure([Member])

  package struct Member: Sendable, Equatable {
    package let name: String
    package let value: ParquetValue
  }

  /// The member of a structure with a name; nil when there is none, or this is no structure.
  package subscript(name: String) -> ParquetValue? {
    guard case .structure(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}

extension ParquetValue {
  /// A structure of members in their order.
  package static func structure(_ members: KeyValuePairs<String, ParquetValue>) -> ParquetValue {
    .structure(members.map { Member(name: $0.key, value: $0.value) })
  }
}
