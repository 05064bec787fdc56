internal import ByteKernels
internal import Packing

/// Files in the folder of a set that look like parts of shards and are not.
enum ForeignFiles {
  /// Folders of a run that stand beside shards when these have no folder of their own, and those of the
  /// stages before.
  private static let otherFolders =
    ["done", "counts", "tokenizer", "scratch", ForgetReceipts.folder, ForgetPlan.folder]
    + [EncodeStage.name, SortStage.name, MixtureStage.name].flatMap {
      [$0, FileSystem.baseName($0)]
    }

  static func find(in folder: ShardSetFolder) -> [String] {
    guard let format = TokenShardFormat(rawValue: folder.set.format) else { return [] }
    let own = Set((folder.set.shards.flatMap(\.files) + folder.set.files).map(\.path))
    let endings = format.layout.fileEndings + [ProvenanceWriter.path(ofShard: "")]
    return FileSystem.filesBelow(folder.path).filter { path in
      let relative = ShardSet.File.relative(path, to: folder.path)
      if own.contains(relative) || otherFolders.contains(where: { relative.hasPrefix("\($0)/") }) {
        return false
      }
      return endings.contains { relative.hasSuffix($0) }
    }
  }
}

/// Numbers that are missing among shards whose names end with numbers.
enum ShardGaps {
  /// A path that a missing shard would have, and its number, for every gap; at most a hundred of each
  /// series.
  static func find(_ paths: [String]) -> [(path: String, number: Int)] {
    var series: [String: (digitCount: Int, ending: Substring, numbers: Set<Int>)] = [:]
    for path in paths {
      guard let last = path.lastIndex(where: \.isNumber) else { continue }
      let head = path[...last]
      let start = head.lastIndex { !$0.isNumber }.map { head.index(after: $0) } ?? head.startIndex
      guard let number = Int(head[start...]) else { continue }
      let ending = path[path.index(after: last)...]
      series[
        "\(head[..<start])\(ending)", default: (head[start...].count, ending, [])
      ].numbers.insert(number)
    }
    var gaps: [(path: String, number: Int)] = []
    for (key, entry) in series.sorted(by: { $0.key < $1.key }) {
      guard let last = entry.numbers.max() else { continue }
      let first = entry.numbers.contains(0) ? 0 : entry.numbers.min() ?? 0
      var found = 0
      for number in first..<last where !entry.numbers.contains(number) {
        found += 1
        if found > 100 { break }
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, entry.digitCount - digits.count))
        gaps.append(("\(key.dropLast(entry.ending.count))\(zeros)\(digits)\(entry.ending)", number))
      }
    }
    return gaps
  }
}
