internal import ByteKernels
internal import Deduplication
internal import TextAnalysis

/// The index of signatures that a run is compared with, as it was when the run was planned.
package struct PlannedIndex: Codable, Sendable, Equatable {
  /// Absolute; not part of a plan's identity.
  let path: String
  let dumps: [SignatureIndex.Dump]

  var folder: IndexFolder { IndexFolder(path: path) }

  /// Where the files of all its shards are, without their endings, in the order of the documents.
  var prefixes: [String] { dumps.flatMap { folder.prefixes(of: $0) } }

  var shardCount: Int { dumps.reduce(0) { $0 + $1.shardCount } }

  /// The index that a pipeline names, as it is now; nil when it names none.
  init?(_ pipeline: Pipeline) throws {
    guard let settings = pipeline.deduplicate, let against = settings.index.against else {
      return nil
    }
    path = FileSystem.absolute(against.path)
    let folder = IndexFolder(path: path)
    guard let index = try folder.read(for: settings, seed: pipeline.seed) else {
      guard settings.index.update else {
        throw PipelineError(
          file: path,
          message: "there is no index to compare with; 'update' makes one of this run's documents")
      }
      dumps = []
      return
    }
    dumps = index.dumps
    for dump in dumps { try folder.check(dump) }
  }

  private init(path: String, dumps: [SignatureIndex.Dump]) {
    self.path = path
    self.dumps = dumps
  }

  /// The same with the first dumps alone.
  func before(_ place: Int) -> PlannedIndex {
    PlannedIndex(path: path, dumps: Array(dumps.prefix(place)))
  }

  /// The same without what depends on the machine.
  var portable: PlannedIndex {
    PlannedIndex(path: FileSystem.baseName(path), dumps: dumps)
  }

  /// An error of a task, with the remedy that fits when it is about a file of the index.
  func explained(_ error: any Error) -> any Error {
    let (path, what): (String, String)
    switch error as? DeduplicationError {
    case .damaged(let damaged, let byteOffset, let fault)?:
      (path, what) = (damaged, "damaged at byte \(byteOffset): \(fault)")
    case .mismatched(let other, let fault)?: (path, what) = (other, fault)
    default: return error
    }
    guard path.hasPrefix("\(self.path)/") else { return error }
    return RunError(
      path: path, message: "\(what); put the index back from a copy, or make a new one")
  }

  /// Refuses an index that no longer holds what was planned.
  func verify(_ pipeline: Pipeline) throws {
    guard let now = try PlannedIndex(pipeline), now.dumps.starts(with: dumps) else {
      throw PipelineError(
        file: path,
        message: "is not the index that was there when the run was planned; put it back, or make a "
          + "new run")
    }
  }
}
