internal import Synchronization

/// The manifests of finished tasks, each read once in this process.
///
/// Every later task asks for its part of the one that lists a file for each shard: read anew each
/// time, the work would grow with the square of the number of shards.
final class ManifestShelf: Sendable {
  private struct Key: Hashable {
    let stage: String
    let index: Int
  }

  private let read = Mutex<[Key: Manifest]>([:])
  private let folder: RunFolder
  private let plan: Plan

  init(_ folder: RunFolder, _ plan: Plan) {
    self.folder = folder
    self.plan = plan
  }

  /// Nil while the task is not done.
  func manifest(stage: String, index: Int) throws -> Manifest? {
    let key = Key(stage: stage, index: index)
    if let known = read.withLock({ $0[key] }) { return known }
    let manifest = try folder.manifest(stage: stage, index: index, plan: plan)
    if let manifest { read.withLock { $0[key] = manifest } }
    return manifest
  }
}
