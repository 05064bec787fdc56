/// A field of a table of numbers that is written as Parquet.
package struct ParquetTableField: Sendable {
  package indirect enum Shape: Sendable {
    case boolean
    /// Whole numbers of 8, 32 and 64 bits.
    case byte, integer, long
    case double
    /// Lists of numbers, none of them null.
    case integers, longs, doubles
    case structure([ParquetTableField])
  }

  package let name: String
  package let shape: Shape
  package let isOptional: Bool

  package init(_ name: String, _ shape: Shape, isOptional: Bool = false) {
    self.name = name
    self.shape = shape
    self.isOptional = isOptional
  }

  /// The type of the column; nil for structures.
  var type: ParquetType? {
    switch shape {
    case .boolean: .boolean
    case .byte, .integer, .integers: .int32
    case .long, .longs: .int64
    case .double, .doubles: .double
    case .structure: nil
    }
  }

  var isList: Bool {
    switch shape {
    case .integers, .longs, .doubles: true
    default: false
    }
  }

  /// Appends the field and all below it to the footer's flattened schema.
  func appendSchema(to thrift: inout ThriftWriter) {
    let repetition = (isOptional ? ParquetRepetition.optional : .required).rawValue
    thrift.element { element in
      if !isList, let type { element.integer(1, .i32, type.rawValue) }
      element.integer(3, .i32, repetition)
      element.string(4, name)
      if case .structure(let fields) = shape { element.integer(5, .i32, fields.count) }
      if isList { element.integer(5, .i32, 1) }
      // The older way to say what a field means, which every reader knows: LIST, INT_8.
      if isList { element.integer(6, .i32, 3) }
      if case .byte = shape { element.integer(6, .i32, 15) }
    }
    if isList, let type {
      thrift.element { list in
        list.integer(3, .i32, ParquetRepetition.repeated.rawValue)
        list.string(4, "list")
        list.integer(5, .i32, 1)
      }
      thrift.element { element in
        element.integer(1, .i32, type.rawValue)
        element.integer(3, .i32, ParquetRepetition.required.rawValue)
        element.string(4, "element")
      }
    }
    if case .structure(let fields) = shape {
      for field in fields { field.appendSchema(to: &thrift) }
    }
  }

  /// How many elements of the schema it takes.
  var elementCount: Int {
    if case .structure(let fields) = shape { return fields.reduce(1) { $0 + $1.elementCount } }
    return isList ? 3 : 1
  }
}
