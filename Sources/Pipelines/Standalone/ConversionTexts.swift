internal import Documents

/// Texts that a converted tokenizer must encode as the original does.
package enum ConversionTexts {
  /// More text than this proves nothing more.
  private static let maximumByteCount = 64 << 20

  /// The texts of documents, up to the one that reaches 64 MiB; none for no patterns.
  package static func read(
    _ patterns: [String], reading: ReadingSettings, observer: any RunObserver
  ) throws -> [[UInt8]] {
    if patterns.isEmpty { return [] }
    let source = try DocumentSource(patterns, reading: reading, observer: observer)
    let texts = source.nextBatch(byteCount: maximumByteCount).map(\.text)
    if let failure = source.failures.first {
      throw PipelineError(file: failure.path, message: failure.message)
    }
    return texts
  }
}
