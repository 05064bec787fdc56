internal import ByteKernels

/// What an `index.json` of MosaicML's streaming data sets says of the shards beside it.
struct StreamingIndex: Decodable {
  struct Shard: Decodable {
    struct File: Decodable {
      let basename: String
      let bytes: Int
      let hashes: [String: String]?
    }

    let rawData: File
    /// The compressed shard, where there is one.
    let zipData: File?

    enum CodingKeys: String, CodingKey {
      case rawData = "raw_data"
      case zipData = "zip_data"
    }
  }

  let shards: [Shard]

  static let fileName = "index.json"

  /// Adds every shard that an index below a folder lists and that is not there or is another.
  static func check(below folder: String, _ faults: inout ShardFaults) {
    for path in FileSystem.filesBelow(folder).sorted() where FileSystem.baseName(path) == fileName {
      guard let index = try? JSONFile.read(Self.self, from: path) else {
        let isBesideShards = FileSystem.files(in: String(path.dropLast(fileName.count + 1)))
          .contains { $0.contains(".mds") }
        if isBesideShards { faults.add(.structure, path, "is no index of the shards beside it") }
        continue
      }
      let beside = String(path.dropLast(fileName.count))
      for shard in index.shards { check(shard, beside, path, &faults) }
    }
  }

  private static func check(
    _ shard: Shard, _ beside: String, _ index: String, _ faults: inout ShardFaults
  ) {
    let files = [shard.zipData, shard.rawData].compactMap(\.self)
    guard files.allSatisfy({ !$0.basename.contains("/") && $0.basename != ".." }) else {
      faults.add(
        .structure, index, "lists '\(shard.rawData.basename)', which is no plain file name")
      return
    }
    let there = files.first { FileSystem.status(beside + $0.basename) != nil }
    guard let file = there else {
      faults.add(.missingShard, beside + files[0].basename, "\(fileName) lists it")
      return
    }
    let path = beside + file.basename
    let byteCount = FileSystem.status(path)?.byteCount ?? 0
    if byteCount != file.bytes {
      faults.add(
        .wrongSize, path, "has \(byteCount) bytes, and \(fileName) says \(file.bytes)")
    } else if let hash = file.hashes?["xxh64"],
      (try? Hexadecimal.digits(Fingerprint.whole(path))) != hash
    {
      faults.add(.wrongDigest, path, "hashes to another value than \(fileName) says, \(hash)")
    }
  }
}
