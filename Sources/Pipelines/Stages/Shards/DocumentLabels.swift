internal import Documents

/// What a document's metadata say of its language and licence; empty where they say nothing.
struct DocumentLabels: Equatable {
  var language = ""
  var license = ""

  init() {}

  init(_ record: Record) {
    language = record.metadata.text(of: "language") ?? ""
    license = record.metadata.text(of: "license") ?? record.metadata.text(of: "licence") ?? ""
  }

  /// In the order in which `texts` has them.
  init(_ texts: [String]) {
    if texts.count == 2 { (language, license) = (texts[0], texts[1]) }
  }

  var texts: [String] { [language, license] }
}
