import Foundation
import TestSupport

/// The built `gristmill`, run as a person runs it.
enum Command {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The binary that was built together with these tests.
  static let path: String = {
    let tests = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent("gristmill").path
  }()

  /// Runs the command in a folder and waits for it.
  static func run(
    _ arguments: [String], in folder: String = SourceTree.root, input: [UInt8] = []
  ) throws -> Result {
    let scratch = try ScratchFolder()
    try scratch.write("input", input)
    let process = try start(arguments, in: folder, scratch: scratch)
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: String(decoding: try scratch.read("output"), as: UTF8.self),
      errors: String(decoding: try scratch.read("errors"), as: UTF8.self))
  }

  /// Runs the command and kills it (signal 9) after some time; true when it was still running.
  static func runKilled(_ arguments: [String], afterMilliseconds delay: Int) throws -> Bool {
    let scratch = try ScratchFolder()
    try scratch.write("input", [])
    let process = try start(arguments, in: SourceTree.root, scratch: scratch)
    Thread.sleep(forTimeInterval: Double(delay) / 1000)
    let wasRunning = process.isRunning
    if wasRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return wasRunning
  }

  private static func start(
    _ arguments: [String], in folder: String, scratch: ScratchFolder
  ) throws -> Process {
    try scratch.write("output", [])
    try scratch.write("errors", [])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle(forReadingAtPath: scratch.path("input"))
    process.standardOutput = FileHandle(forWritingAtPath: scratch.path("output"))
    process.standardError = FileHandle(forWritingAtPath: scratch.path("errors"))
    try process.run()
    return process
  }
}
