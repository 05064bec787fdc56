internal import ByteKernels

/// Puts the entries of the columns of one row group together to rows.
///
/// Source: Melnik et al., "Dremel" (2010), as Parquet uses it. Columns that contradict each other
/// about the shape of a row are damage.
struct ParquetRowAssembler {
  var columns: [ParquetColumnReader]
  private let maximumByteCount: Int
  private let expansion: ParquetExpansion
  /// True when something of the row was left out because it would be too long.
  private(set) var isTooLong = false

  init(columns: [ParquetColumnReader], maximumByteCount: Int, expansion: ParquetExpansion) {
    self.columns = columns
    self.expansion = expansion
    self.maximumByteCount = maximumByteCount
  }

  mutating func startRow() throws(ParquetFault) {
    isTooLong = false
    try expansion.addRow()
  }

  /// Appends the field of the next row as JSON.
  mutating func append(_ field: ParquetField, to json: inout [UInt8]) throws(ParquetFault) {
    try expansion.add(field.key.count)
    try append(field, repetition: 0, parentLevel: 0, to: &json)
  }

  /// Passes the next row's entry of a column of strings at the top; nil when it is null.
  mutating func takeBytes(_ column: Int) throws(ParquetFault) -> (bytes: [UInt8], byteCount: Int)? {
    _ = try columns[column].peek(repetition: 0, atLeast: 0)
    return try columns[column].takeBytes()
  }

  /// Holds a row group that should be at its end to it.
  mutating func finish() throws(ParquetFault) {
    for index in columns.indices where try columns[index].load() {
      throw columns[index].located(.corrupt("more rows than the row group declares"))
    }
  }

  private mutating func append(
    _ field: ParquetField, repetition: Int, parentLevel: Int, to json: inout [UInt8]
  ) throws(ParquetFault) {
    let first = field.columns.lowerBound
    let level = try columns[first].peek(repetition: repetition, atLeast: parentLevel)
    if json.count > maximumByteCount {
      isTooLong = true
      json.removeAll(keepingCapacity: true)
    }
    if field.isLeaf {
      if try !columns[first].take(to: &json) { isTooLong = true }
      return
    }
    if level < field.definitionLevel {
      ParquetValueText.append("null", to: &json)
      try skip(field, repetition, parentLevel, below: field.definitionLevel)
      return
    }
    switch field.shape {
    case .leaf: break
    case .structure(let children):
      json.append(UInt8(ascii: "{"))
      for (index, child) in children.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        json.append(contentsOf: child.key)
        try expansion.add(child.key.count)
        try append(
          child, repetition: repetition, parentLevel: field.definitionLevel, to: &json)
      }
      json.append(UInt8(ascii: "}"))
    case .list(let element, let each):
      json.append(UInt8(ascii: "["))
      try forEach(field, each, repetition, level, to: &json) {
        (rows, repetition, json) throws(ParquetFault) in
        try rows.append(
          element, repetition: repetition, parentLevel: each.definitionLevel, to: &json)
      }
      json.append(UInt8(ascii: "]"))
    case .map(let key, let value, let each, let isObject):
      json.append(UInt8(ascii: isObject ? "{" : "["))
      try forEach(field, each, repetition, level, to: &json) {
        (rows, repetition, json) throws(ParquetFault) in
        try rows.appendEntry(key, value, each, isObject, repetition, to: &json)
      }
      json.append(UInt8(ascii: isObject ? "}" : "]"))
    }
  }

  private mutating func appendEntry(
    _ key: ParquetField, _ value: ParquetField?, _ each: ParquetField.Repeat, _ isObject: Bool,
    _ repetition: Int, to json: inout [UInt8]
  ) throws(ParquetFault) {
    if !isObject, value != nil { json.append(UInt8(ascii: "[")) }
    try append(key, repetition: repetition, parentLevel: each.definitionLevel, to: &json)
    guard let value else { return }
    json.append(UInt8(ascii: isObject ? ":" : ","))
    try append(value, repetition: repetition, parentLevel: each.definitionLevel, to: &json)
    if !isObject { json.append(UInt8(ascii: "]")) }
  }

  /// Calls `element` for each element of the list, which may be empty.
  private mutating func forEach(
    _ field: ParquetField, _ each: ParquetField.Repeat, _ repetition: Int, _ level: Int,
    to json: inout [UInt8],
    _ element: (inout ParquetRowAssembler, Int, inout [UInt8]) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    if level < each.definitionLevel {
      try skip(field, repetition, field.definitionLevel, below: each.definitionLevel)
      return
    }
    let first = field.columns.lowerBound
    var elementRepetition = repetition
    while true {
      try element(&self, elementRepetition, &json)
      elementRepetition = each.repetitionLevel
      guard try columns[first].continues(each.repetitionLevel) else { return }
      json.append(UInt8(ascii: ","))
    }
  }

  /// Passes the one entry that each column has for a field that is not there.
  mutating func skip(
    _ field: ParquetField, _ repetition: Int, _ parentLevel: Int, below level: Int
  ) throws(ParquetFault) {
    for column in field.columns {
      guard try columns[column].peek(repetition: repetition, atLeast: parentLevel) < level else {
        throw columns[column].located(.corrupt("levels that contradict another column's"))
      }
      _ = try columns[column].take()
    }
  }
}
