internal import ByteKernels
internal import Documents

/// Writes what workers have made, file after file.
struct ConversionOutput {
  private let targets: ConversionTargets
  private var target = -1
  private var file: OutputFile?
  private var sink: (any DocumentSink)?

  private(set) var ledger = StageLedger()
  private(set) var failures: [Manifest.Failure] = []

  init(_ targets: ConversionTargets) {
    self.targets = targets
  }

  /// Writes the bytes and documents of an item, or of a part of it, and takes them away.
  mutating func write(_ output: inout ConversionWorker.Output) throws {
    while target < output.target { try open(target + 1) }
    try file?.write(output.bytes)
    for document in output.documents { try sink?.write(document) }
    output.bytes.removeAll()
    output.documents.removeAll()
  }

  mutating func count(_ output: ConversionWorker.Output) {
    ledger += output.ledger
    failures += output.failures
  }

  /// Publishes the last file; all others are published when the next one begins.
  mutating func finish() throws {
    if let file {
      if file.isEmpty, let encoder = targets.format.encoder() {
        encoder.finishUnit()
        try file.write(encoder.takeBytes())
      }
      _ = try file.publish()
    }
    _ = try sink?.publish()
    (file, sink) = (nil, nil)
  }

  private mutating func open(_ next: Int) throws {
    try finish()
    target = next
    let path = targets.paths[next]
    if targets.isFolder, let slash = path.lastIndex(of: "/") {
      try FileSystem.makeFolder(String(path[..<slash]))
    }
    if targets.format.isMadeOfUnits {
      file = try OutputFile(path: path, isChecksummed: false)
    } else {
      sink = try targets.format.open(path)
    }
  }
}
