internal import ByteKernels
internal import Documents

/// Writes clusters for people: `{"cluster":[…],"size":…,"similarities":[…]}`.
///
/// The kept document's id comes first; the similarities are those of the others to it, in their order.
final class ClusterLines {
  private let output: OutputFile
  private let shards: SignedShards

  init(path: String, shards: SignedShards) throws(DeduplicationError) {
    output = try DeduplicationError.wrap { () throws(FileError) in try OutputFile(path: path) }
    self.shards = shards
  }

  func write(_ cluster: ClusterResolver.Cluster) throws(DeduplicationError) {
    var line = Array(#"{"cluster":["#.utf8)
    try append(cluster.kept, to: &line)
    for removal in cluster.removed {
      line.append(UInt8(ascii: ","))
      try append(removal.member, to: &line)
      try flush(&line)
    }
    line += Array("],\"size\":\(cluster.removed.count + 1),\"similarities\":[".utf8)
    for (place, removal) in cluster.removed.enumerated() {
      line += Array("\(place == 0 ? "" : ",")\(removal.similarity.json)".utf8)
      try flush(&line)
    }
    line += Array("]}\n".utf8)
    try write(&line)
  }

  func publish() throws(DeduplicationError) -> OutputFile.Published {
    let output = output
    return try DeduplicationError.wrap { () throws(FileError) in try output.publish() }
  }

  private func append(
    _ member: ClusterMember, to line: inout [UInt8]
  ) throws(DeduplicationError) {
    let id = member.id.isEmpty ? try shards.id(member.document) : member.id
    JSONText.append(id.span, to: &line)
  }

  /// A cluster can have a million members.
  private func flush(_ line: inout [UInt8]) throws(DeduplicationError) {
    if line.count > 1 << 16 { try write(&line) }
  }

  private func write(_ line: inout [UInt8]) throws(DeduplicationError) {
    do { try output.write(line) } catch { throw .file(error) }
    line.removeAll(keepingCapacity: true)
  }
}
