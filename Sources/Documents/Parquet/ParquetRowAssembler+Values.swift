/// Rows as values.
extension ParquetRowAssembler {
  /// The value of a field of the next row.
  mutating func value(of field: ParquetField) throws(ParquetFault) -> ParquetValue {
    try value(of: field, repetition: 0, parentLevel: 0)
  }

  private mutating func value(
    of field: ParquetField, repetition: Int, parentLevel: Int
  ) throws(ParquetFault) -> ParquetValue {
    let first = field.columns.lowerBound
    let level = try columns[first].peek(repetition: repetition, atLeast: parentLevel)
    if field.isLeaf { return try columns[first].takeValue() }
    if level < field.definitionLevel {
      try skip(field, repetition, parentLevel, below: field.definitionLevel)
      return .null
    }
    switch field.shape {
    case .structure(let children):
      var members: [ParquetValue.Member] = []
      for child in children {
        let value = try value(
          of: child, repetition: repetition, parentLevel: field.definitionLevel)
        members.append(.init(name: child.name, value: value))
      }
      return .structure(members)
    case .list(let element, let each):
      if level < each.definitionLevel {
        try skip(field, repetition, field.definitionLevel, below: each.definitionLevel)
        return Self.emptyList(of: element.isLeaf ? columns[first].column : nil)
      }
      return try elements(element, each, repetition)
    case .leaf, .map:
      throw ParquetFault(.unsupportedFeature, "the field \(field.name) is a map")
    }
  }

  private static func emptyList(of column: ParquetColumn?) -> ParquetValue {
    switch column?.format {
    case .signed32, .signed64, .unsigned32, .unsigned64: .integers([])
    case .double: .doubles([])
    default: .list([])
    }
  }

  /// The elements of a list that has some.
  private mutating func elements(
    _ element: ParquetField, _ each: ParquetField.Repeat, _ repetition: Int
  ) throws(ParquetFault) -> ParquetValue {
    let first = element.columns.lowerBound
    var integers: [Int] = []
    var doubles: [Double] = []
    var values: [ParquetValue] = []
    var repetition = repetition
    repeat {
      let value = try value(
        of: element, repetition: repetition, parentLevel: each.definitionLevel)
      switch value {
      case .integer(let number): integers.append(number)
      case .double(let number): doubles.append(number)
      default: values.append(value)
      }
      repetition = each.repetitionLevel
    } while try columns[first].continues(each.repetitionLevel)
    if values.isEmpty { return doubles.isEmpty ? .integers(integers) : .doubles(doubles) }
    guard integers.isEmpty, doubles.isEmpty else {
      throw columns[first].located(.corrupt("a list of numbers with nulls"))
    }
    return .list(values)
  }
}
