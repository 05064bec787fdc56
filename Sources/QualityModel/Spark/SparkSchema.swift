internal import Documents

/// The tables that Spark ML models keep what they learned in, for Parquet and in Spark's own words.
enum SparkSchema {
  /// Spark needs its own description of a table to make vectors of structures.
  static let metadataKey = "org.apache.spark.sql.parquet.row.metadata"

  static let regression: [ParquetTableField] = [
    .init("numClasses", .integer), .init("numFeatures", .integer),
    .init("interceptVector", vector, isOptional: true),
    .init("coefficientMatrix", matrix, isOptional: true), .init("isMultinomial", .boolean),
  ]

  static let frequencies: [ParquetTableField] = [
    .init("idf", vector, isOptional: true), .init("docFreq", .longs, isOptional: true),
    .init("numDocs", .long),
  ]

  private static let vector = ParquetTableField.Shape.structure([
    .init("type", .byte), .init("size", .integer, isOptional: true),
    .init("indices", .integers, isOptional: true), .init("values", .doubles, isOptional: true),
  ])

  private static let matrix = ParquetTableField.Shape.structure([
    .init("type", .byte), .init("numRows", .integer), .init("numCols", .integer),
    .init("colPtrs", .integers, isOptional: true),
    .init("rowIndices", .integers, isOptional: true),
    .init("values", .doubles, isOptional: true), .init("isTransposed", .boolean),
  ])

  /// The table as Spark describes it in JSON.
  static func json(_ fields: [ParquetTableField]) -> String {
    #"{"type":"struct","fields":[\#(fields.map(json).joined(separator: ","))]}"#
  }

  private static func json(_ field: ParquetTableField) -> String {
    #"{"name":"\#(field.name)","type":\#(type(field)),"nullable":\#(field.isOptional),"metadata":{}}"#
  }

  private static func type(_ field: ParquetTableField) -> String {
    switch field.shape {
    case .boolean: return #""boolean""#
    case .byte: return #""byte""#
    case .integer: return #""integer""#
    case .long: return #""long""#
    case .double: return #""double""#
    case .integers: return list("integer")
    case .longs: return list("long")
    case .doubles: return list("double")
    case .structure(let fields):
      let name = fields.contains { $0.name == "numRows" } ? "MatrixUDT" : "VectorUDT"
      return #"{"type":"udt","class":"org.apache.spark.ml.linalg.\#(name)","#
        + #""pyClass":"pyspark.ml.linalg.\#(name)","sqlType":\#(json(fields))}"#
    }
  }

  private static func list(_ element: String) -> String {
    #"{"type":"array","elementType":"\#(element)","containsNull":false}"#
  }
}
