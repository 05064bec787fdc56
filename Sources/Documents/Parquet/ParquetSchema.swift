internal import ByteKernels

/// A field of the schema with the levels that say whether it is there.
///
/// `definitionLevel` is what an entry reaches when the field is not null. Fields that repeat are
/// lists or maps, whatever the dialect that wrote them.
final class ParquetField {
  enum Shape {
    case leaf(column: Int)
    case structure([ParquetField])
    case list(ParquetField, Repeat)
    /// `isObject` when the keys are text, so that the map is a JSON object.
    case map(key: ParquetField, value: ParquetField?, Repeat, isObject: Bool)
  }

  /// The levels at which an element is there, and at which another one follows.
  struct Repeat {
    let definitionLevel: Int
    let repetitionLevel: Int
  }

  let name: String
  /// The name as a JSON key with its colon.
  let key: [UInt8]
  let definitionLevel: Int
  let isOptional: Bool
  /// True when it is a column itself, the first and only one of `columns`.
  let isLeaf: Bool
  let shape: Shape
  /// The columns below it.
  let columns: Range<Int>

  init(
    name: String, definitionLevel: Int, isOptional: Bool, shape: Shape, columns: Range<Int>
  ) {
    self.name = name
    var key: [UInt8] = []
    JSONText.append(name, to: &key)
    key.append(UInt8(ascii: ":"))
    self.key = key
    self.definitionLevel = definitionLevel
    self.isOptional = isOptional
    isLeaf = if case .leaf = shape { true } else { false }
    self.shape = shape
    self.columns = columns
  }
}

/// A column: a leaf of the schema.
struct ParquetColumn {
  let path: String
  let type: ParquetType
  /// Bytes of one value where all have the same length.
  let typeByteCount: Int
  let format: ParquetFormat
  let maximumDefinitionLevel: Int
  let maximumRepetitionLevel: Int
}

/// The schema as a tree of fields, and its leaves as columns.
struct ParquetSchema {
  private(set) var fields: [ParquetField] = []
  private(set) var columns: [ParquetColumn] = []

  static let maximumDepth = 100
  static let maximumElementCount = 1 << 16
  /// Of all names together, which are held several times.
  static let maximumNameByteCount = 16 << 20
  private static let shownNameLength = 256

  /// A path for a message, cut when it is long, so that deep schemas take no quadratic memory.
  static func shown(_ names: [String]) -> String {
    var text = ""
    var left = shownNameLength
    for name in names {
      if !text.isEmpty { text += "." }
      let part = name.unicodeScalars.prefix(left)
      text += String(part)
      left -= part.count
      if part.endIndex != name.unicodeScalars.endIndex || left == 0 { return text + "…" }
    }
    return text
  }

  init(_ elements: [ParquetSchemaElement]) throws(ParquetFault) {
    guard let root = elements.first else { throw .corrupt("an empty schema") }
    var builder = ParquetSchemaBuilder(elements: elements)
    for _ in 0..<root.childCount { fields.append(try builder.field(under: Levels(), path: [])) }
    guard builder.next == elements.count else { throw .corrupt("a schema with fields left over") }
    columns = builder.columns
  }

  /// What the fields above a field add up to.
  struct Levels {
    var definition = 0
    var repetition = 0
  }
}

private struct ParquetSchemaBuilder {
  let elements: [ParquetSchemaElement]
  var next = 1
  var columns: [ParquetColumn] = []

  /// The field that begins at `next`, and all below it.
  mutating func field(
    under levels: ParquetSchema.Levels, path: [String]
  ) throws(ParquetFault) -> ParquetField {
    guard next < elements.count else { throw .corrupt("a schema that ends too early") }
    let element = elements[next]
    guard element.repetition == .repeated else {
      return try single(under: levels, path: path, isOptional: element.repetition == .optional)
    }
    // A repeated field without annotation is a list of required elements.
    let start = columns.count
    var inner = levels
    inner.definition += 1
    inner.repetition += 1
    let elementField = try single(under: inner, path: path, isOptional: false)
    let each = ParquetField.Repeat(
      definitionLevel: inner.definition, repetitionLevel: inner.repetition)
    return ParquetField(
      name: element.name, definitionLevel: levels.definition, isOptional: false,
      shape: .list(elementField, each), columns: start..<columns.count)
  }

  /// The field at `next` as if it did not repeat.
  private mutating func single(
    under levels: ParquetSchema.Levels, path: [String], isOptional: Bool
  ) throws(ParquetFault) -> ParquetField {
    guard path.count < ParquetSchema.maximumDepth else {
      throw .corrupt("a schema nested too deep")
    }
    let element = elements[next]
    var levels = levels
    levels.definition += isOptional ? 1 : 0
    let path = path + [element.name]
    let start = columns.count
    let shape: ParquetField.Shape
    if let type = element.type {
      shape = .leaf(column: columns.count)
      next += 1
      columns.append(try column(element, type, levels, path))
    } else if element.meaning == .list, let repeated = onlyRepeatedChild {
      shape = try list(repeated, under: levels, path: path)
    } else if element.meaning == .map, let repeated = onlyRepeatedChild,
      elements[repeated].type == nil, (1...2).contains(elements[repeated].childCount)
    {
      shape = try map(repeated, under: levels, path: path)
    } else {
      next += 1
      var children: [ParquetField] = []
      for _ in 0..<element.childCount { children.append(try field(under: levels, path: path)) }
      shape = .structure(children)
    }
    if columns.count == start {
      throw .corrupt("the group \(ParquetSchema.shown([element.name])) has no columns")
    }
    return ParquetField(
      name: element.name, definitionLevel: levels.definition, isOptional: isOptional, shape: shape,
      columns: start..<columns.count)
  }

  /// The place of the one child of the group at `next`, when that repeats.
  private var onlyRepeatedChild: Int? {
    guard elements[next].childCount == 1, next + 1 < elements.count,
      elements[next + 1].repetition == .repeated
    else { return nil }
    return next + 1
  }

  /// Source: Apache Parquet, LogicalTypes.md, "Lists", with its rules for older writers.
  private mutating func list(
    _ repeated: Int, under levels: ParquetSchema.Levels, path: [String]
  ) throws(ParquetFault) -> ParquetField.Shape {
    let group = elements[repeated]
    var inner = levels
    inner.definition += 1
    inner.repetition += 1
    let each = ParquetField.Repeat(
      definitionLevel: inner.definition, repetitionLevel: inner.repetition)
    let isElement =
      group.type != nil || group.childCount != 1 || group.name == "array"
      || group.name == "\(elements[next].name)_tuple"
      || (repeated + 1 < elements.count && elements[repeated + 1].repetition == .repeated)
      || group.meaning == .list || group.meaning == .map
    next = isElement ? repeated : repeated + 1
    let element =
      isElement
      ? try single(under: inner, path: path, isOptional: false)
      : try field(under: inner, path: path + [group.name])
    return .list(element, each)
  }

  private mutating func map(
    _ repeated: Int, under levels: ParquetSchema.Levels, path: [String]
  ) throws(ParquetFault) -> ParquetField.Shape {
    var inner = levels
    inner.definition += 1
    inner.repetition += 1
    let each = ParquetField.Repeat(
      definitionLevel: inner.definition, repetitionLevel: inner.repetition)
    let path = path + [elements[repeated].name]
    next = repeated + 1
    let key = try field(under: inner, path: path)
    let value = elements[repeated].childCount == 2 ? try field(under: inner, path: path) : nil
    var isObject = false
    if case .leaf(let column) = key.shape, value != nil {
      isObject = columns[column].format == .text && !key.isOptional
    }
    return .map(key: key, value: value, each, isObject: isObject)
  }

  private func column(
    _ element: ParquetSchemaElement, _ type: ParquetType, _ levels: ParquetSchema.Levels,
    _ path: [String]
  ) throws(ParquetFault) -> ParquetColumn {
    guard element.childCount == 0 else { throw .corrupt("a column with fields below it") }
    let byteCount = type == .fixedLengthByteArray ? element.typeByteCount : type.byteCount ?? 0
    guard byteCount <= Int32.max else { throw .corrupt("a column of impossible width") }
    return ParquetColumn(
      path: ParquetSchema.shown(path), type: type, typeByteCount: byteCount,
      format: ParquetFormat(type, byteCount: byteCount, element.meaning),
      maximumDefinitionLevel: levels.definition, maximumRepetitionLevel: levels.repetition)
  }
}
