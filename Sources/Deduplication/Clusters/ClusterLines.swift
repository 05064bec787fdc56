internal import ByteKernels
internal import Documents

/// Writes clusters for people: `{"cluster":[…],"size":…,"similarities":[…]}`.
///
/// The kept document's id comes first; the similarities are those of the others to it, in their order.
/// A cluster can have a million documents: nothing of it is held in memory.
final class ClusterLines {
  private let output: OutputFile
  private let shards: SignedShards
  /// Of the documents that are in the line already: shared and total.
  private let similarities: RecordQueue
  private var line: [UInt8] = []

  init(path: String, shards: SignedShards) throws(DeduplicationError) {
    output = try DeduplicationError.wrap { () throws(FileError) in try OutputFile(path: path) }
    similarities = RecordQueue(besides: path)
    self.shards = shards
  }

  func begin(kept document: UInt64) throws(DeduplicationError) {
    line += Array(#"{"cluster":["#.utf8)
    try append(document)
  }

  func add(_ document: UInt64, _ similarity: Similarity) throws(DeduplicationError) {
    line.append(UInt8(ascii: ","))
    try append(document)
    try similarities.append(
      SortRecord(high: UInt64(similarity.shared), low: UInt64(similarity.total)))
  }

  func end(size: Int) throws(DeduplicationError) {
    line += Array("],\"size\":\(size),\"similarities\":[".utf8)
    var separator = ""
    try similarities.drain { record throws(DeduplicationError) in
      let similarity = Similarity(shared: Int(record.high), total: Int(record.low))
      line += Array("\(separator)\(similarity.json)".utf8)
      separator = ","
      try write(above: 1 << 16)
    }
    line += Array("]}\n".utf8)
    try write(above: 0)
  }

  func publish() throws(DeduplicationError) -> OutputFile.Published {
    let output = output
    return try DeduplicationError.wrap { () throws(FileError) in try output.publish() }
  }

  private func append(_ document: UInt64) throws(DeduplicationError) {
    let id = try shards.id(document)
    JSONText.append(id.span, to: &line)
    try write(above: 1 << 16)
  }

  private func write(above limit: Int) throws(DeduplicationError) {
    guard line.count > limit else { return }
    do { try output.write(line) } catch { throw .file(error) }
    line.removeAll(keepingCapacity: true)
  }
}
