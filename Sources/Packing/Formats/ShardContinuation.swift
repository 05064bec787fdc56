internal import ByteKernels

/// The files of a shard in a layout whose files have a largest size: `NAME`, `NAME-00001`, ...
enum ShardContinuation {
  private static let digitCount = 5

  /// The path, without ending, of a file of the shard `prefix`, the first of which has the number 0.
  static func prefix(_ prefix: String, file: Int) -> String {
    file == 0 ? prefix : "\(prefix)-\(MDSLayout.number(file, digits: digitCount))"
  }

  /// True for a file that continues a shard whose first file is there.
  static func isContinuation(_ path: String, _ ending: String) -> Bool {
    let name = path.dropLast(ending.count)
    guard let dash = name.lastIndex(of: "-") else { return false }
    let digits = name[name.index(after: dash)...]
    guard digits.count >= digitCount, let number = Int(digits), number > 0 else { return false }
    return FileSystem.status(name[..<dash] + ending) != nil
  }

  /// Removes the files of an earlier writing that the shard no longer has.
  static func removeFiles(of prefix: String, _ ending: String, from first: Int) {
    var number = first
    while true {
      let path = Self.prefix(prefix, file: number) + ending
      guard FileSystem.status(path) != nil else { return }
      FileSystem.removeFile(path)
      number += 1
    }
  }

  /// Opens the file at `path` and those that continue it, as one shard.
  static func reader(
    _ path: String, ending: String,
    _ open: (String) throws(TokenShardError) -> any TokenShardReader
  ) throws(TokenShardError) -> any TokenShardReader {
    let first = try open(path)
    guard path.hasSuffix(ending), !isContinuation(path, ending) else { return first }
    let prefix = String(path.dropLast(ending.count))
    var files = [first]
    while true {
      let next = Self.prefix(prefix, file: files.count) + ending
      guard FileSystem.status(next) != nil else { break }
      files.append(try open(next))
    }
    return files.count == 1 ? first : ContinuedShardReader(files)
  }
}

/// Reads several files as one shard, in their order.
final class ContinuedShardReader: TokenShardReader {
  private let files: [any TokenShardReader]
  /// How many sequences stand before each file, and in all.
  private let starts: [Int]

  init(_ files: [any TokenShardReader]) {
    precondition(!files.isEmpty, "a shard has a file")
    self.files = files
    starts = files.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.sequenceCount) }
  }

  var path: String { files[0].path }
  var tokenTypeName: String { files[0].tokenTypeName }
  var sequenceCount: Int { starts[files.count] }
  var tellsDocuments: Bool { files[0].tellsDocuments }
  var tokenCount: Int {
    get throws(TokenShardError) {
      var count = 0
      for file in files { count += try file.tokenCount }
      return count
    }
  }

  func read(_ sequence: Int, into target: inout PackedSequence) throws(TokenShardError) {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    // The last file that begins at or before the sequence; empty files have none.
    var (low, high) = (0, files.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= sequence { low = middle } else { high = middle - 1 }
    }
    try files[low].read(sequence - starts[low], into: &target)
    // Without boundaries the piece is the sequence's, which is counted in the shard.
    if !tellsDocuments, target.pieces.count == 1 {
      target.pieces[0].document = PackedSequence.number(sequence)
    }
  }

  func verify() throws(TokenShardError) {
    for file in files { try file.verify() }
  }
}
