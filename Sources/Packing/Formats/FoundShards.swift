internal import ByteKernels

/// The shards below a folder, whatever wrote them.
package struct FoundShards {
  /// The files that readers are opened with, in byte order of their paths.
  package private(set) var paths: [String] = []
  /// Files that are named as shards are, but are none that can be read: cut short, or something else.
  package private(set) var unread: [String] = []

  package init(below folder: String) {
    let endings = TokenShardFormat.allCases.flatMap { $0.layout.firstEndings }
    for path in FileSystem.filesBelow(folder) {
      if let first = TokenShardFormat.recognise(path)?.path {
        if first == path { paths.append(path) }
      } else if let ending = endings.first(where: { path.hasSuffix($0) }),
        !ShardContinuation.isContinuation(path, ending)
      {
        unread.append(path)
      }
    }
  }

  /// The part that the file, or else the folder below `folder` that it is in, is named after; nil for
  /// none.
  package static func part(ofFile file: String, in folder: String) -> SplitPart? {
    let steps = file.dropFirst(folder.count).split(separator: "/")
    for step in [steps.last, steps.first] {
      let words = step?.split { !$0.isLetter } ?? []
      if let part = SplitPart.allCases.first(where: { words.contains($0.rawValue[...]) }) {
        return part
      }
    }
    return nil
  }
}
