/// Which documents are in the sample that precision and recall are found from.
package struct SampleRate: Sendable {
  /// What a document takes in a file, about; a wrong guess makes the sample larger or smaller.
  private static let documentByteCount = 2000.0

  /// The share of documents, 0 to 1.
  package let value: Double

  /// Depends on the plan alone: how many documents there will be is not known before they are read.
  package init(_ settings: DeduplicationSettings, byteCount: Int) {
    let documents = max(1, Double(byteCount) / Self.documentByteCount)
    value = min(1, Double(settings.sampleDocuments) / documents)
  }

  /// Documents whose sample key is not above it are in the sample; 0 for none.
  var limit: UInt64 { value >= 1 ? .max : UInt64(value * 0x1p64) }
}
