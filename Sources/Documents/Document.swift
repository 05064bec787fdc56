/// One text with its id and metadata, as it flows between stages.
///
/// On disk a document is one JSON line with dolma's field names: `id`, `text`, `source`, `added`,
/// `created`, `metadata`.
package struct Document: Sendable, Equatable {
  package var id: String
  /// Valid UTF-8 once the document has been decoded.
  package var text: [UInt8]
  /// Where the document comes from; by default the base name of its input file.
  package var source: String
  /// When the document was added to the corpus, as the input says; never the clock of this run.
  package var added: String?
  /// When the document was created: a WARC record's date, or what the input says.
  package var created: String?
  package var metadata: Metadata

  package init(
    id: String, text: [UInt8], source: String, added: String? = nil, created: String? = nil,
    metadata: Metadata = Metadata()
  ) {
    self.id = id
    self.text = text
    self.source = source
    self.added = added
    self.created = created
    self.metadata = metadata
  }
}
