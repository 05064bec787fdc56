/// Where a document in a shard comes from.
package struct DocumentOrigin: Sendable, Equatable {
  package var id: String
  /// The source the document names, by default its input file.
  package var source: String
  /// Base name of the input file and place of the record in it, `file#1048576+37`; empty when unknown.
  package var record: String
  /// Empty when the document has none.
  package var url: String

  package init(id: String, source: String = "", record: String = "", url: String = "") {
    self.id = id
    self.source = source
    self.record = record
    self.url = url
  }
}
