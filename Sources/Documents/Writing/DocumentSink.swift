package import ByteKernels

/// A file of documents being written; it appears under its name when it is published.
package protocol DocumentSink: AnyObject {
  func write(_ document: Document) throws(FileError)
  /// Completes the file and gives it its name; nothing can be written after.
  func publish() throws(FileError) -> OutputFile.Published
}
