package import Documents

/// What `SignatureWriter` keeps of one document.
package struct SignedDocument: Sendable {
  package let id: String
  /// Of the text.
  package let byteCount: Int
  package let ranks: KeepRanks
  /// Of the canonical URL; nil when there is none, or URLs are not compared.
  package let urlDigest: Signature.Digest?
  package let signature: Signature

  package init(
    id: String, byteCount: Int, ranks: KeepRanks, urlDigest: Signature.Digest? = nil,
    signature: Signature
  ) {
    self.id = id
    self.byteCount = byteCount
    self.ranks = ranks
    self.urlDigest = urlDigest
    self.signature = signature
  }

  /// `score` is the quality of the document, not a number when it has none.
  package init(
    _ document: Document, score: Double, signature: Signature, settings: DeduplicationSettings
  ) {
    let spelling = (settings.urls ? document.metadata.url : nil).map(CanonicalURL.spelling)
    let url = spelling.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    self.init(
      id: document.id, byteCount: document.text.count,
      ranks: KeepRanks(of: document, score: score, settings: settings),
      urlDigest: url.map { Signature.Digest(of: $0.span) },
      signature: signature)
  }
}
