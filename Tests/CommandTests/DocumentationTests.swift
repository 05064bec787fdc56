import Foundation
import TestSupport
import Testing

/// What the documents say is true: commands run, paths exist, pipelines are valid.
struct DocumentationTests {
  private static let pages = [
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "Samples/README.md",
  ]

  private func text(of page: String) throws -> String {
    try String(contentsOfFile: "\(SourceTree.root)/\(page)", encoding: .utf8)
  }

  /// The lines of ```sh blocks that call gristmill, without their comments.
  private func commands(in page: String) throws -> [String] {
    var commands: [String] = []
    var isShell = false
    for line in try text(of: page).split(separator: "\n") {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell, line.hasPrefix("gristmill ") {
        commands.append(String(line))
      }
    }
    return commands
  }

  /// Runs shell lines one after the other in a folder where `gristmill` is the built one.
  private func run(_ lines: [String], in scratch: ScratchFolder) throws -> (Int32, String) {
    let bin = scratch.path("bin")
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(bin)/gristmill", withDestinationPath: Command.path)
    for name in ["Pipelines", "Samples"] {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path(name), withDestinationPath: "\(SourceTree.root)/\(name)")
    }
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("crawl"), withDestinationPath: "\(SourceTree.root)/Samples/crawl")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-euxc", "PATH='\(bin)':$PATH; cd '\(scratch.path)'\n" + lines.joined(separator: "\n"),
    ]
    try scratch.write("log", [])
    let log = FileHandle(forWritingAtPath: scratch.path("log"))
    process.standardOutput = log
    process.standardError = log
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try scratch.read("log"), as: UTF8.self))
  }

  @Test func `every gristmill command of the README works, in order`() throws {
    let commands = try commands(in: "README.md")
    #expect(commands.count >= 8)
    let (status, log) = try run(commands, in: try ScratchFolder())
    #expect(status == 0, "\(log)")
  }

  @Test func `the make targets that the documents name are there`() throws {
    let makefile = try text(of: "Makefile")
    var named: Set<String> = []
    for page in Self.pages {
      for match in try text(of: page).matches(of: /(?:`|\n)make ([a-z]+)/) {
        named.insert(String(match.1))
      }
    }
    #expect(named.isSuperset(of: ["demo", "test"]))
    for target in named {
      #expect(makefile.contains("\n\(target):"), "make \(target)")
    }
  }

  @Test func `every file that a document names or links exists`() throws {
    for page in Self.pages {
      let folder = (page as NSString).deletingLastPathComponent
      let text = try text(of: page)
      let links = text.matches(of: /\]\(([^)#:]+)\)/).map {
        "\(folder.isEmpty ? "" : folder + "/")\($0.1)"
      }
      let paths = text.matches(of: /`((?:Sources|Tests|Pipelines|Samples|Benchmarks)\/[^`<*]*)`/)
        .map { String($0.1) }.filter { !$0.contains("MyRule") }
      for path in links + paths {
        let full = "\(SourceTree.root)/\(path)"
        #expect(FileManager.default.fileExists(atPath: full), "\(page) names \(path)")
      }
    }
  }

  @Test func `every pipeline of the repository is valid`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(SourceTree.root)/Pipelines")
      .filter { $0.hasSuffix(".yaml") }
    #expect(!names.isEmpty)
    for name in names {
      let check = try Command.run(["check", "Pipelines/\(name)"])
      #expect(check.status == 0, "\(name): \(check.errors)")
    }
  }

  @Test func `the packed samples are what their sources give`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sh", "-c", "command -v python3 >/dev/null && command -v zstd >/dev/null"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("skipped: Samples/pack.py needs python3 and zstd")
      return
    }
    let check = Process()
    check.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    check.arguments = ["python3", "\(SourceTree.root)/Samples/pack.py", "--check"]
    try check.run()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }

  @Test func `help has examples and says the exit status`() throws {
    let help = try Command.run(["--help"])
    #expect(help.status == 0 && help.output.contains("Exit status: 0"))
    for command in ["run", "task", "check", "convert", "deduplicate"] {
      let help = try Command.run([command, "--help"])
      #expect(help.status == 0 && help.output.contains("gristmill \(command) "), "\(command)")
    }
  }

  @Test func `wrong usage is exit status 64 and nothing is written`() throws {
    let scratch = try ScratchFolder()
    for arguments in [
      ["run"], ["run", "nothing.yaml", "--input", "x", "--output", scratch.path("out")],
      ["run", "Pipelines/crawl.yaml", "--input", "nothing", "--output", scratch.path("out")],
      ["run", "Pipelines/crawl.yaml", "--output", scratch.path("out")], ["nonsense"],
      [
        "run", "Pipelines/crawl.yaml", "--input", "Samples/crawl/notes.jsonl", "--output",
        scratch.path("out"), "--memory", "lots",
      ],
      [
        "run", "Pipelines/crawl.yaml", "--input", "Samples/crawl/notes.jsonl", "--output",
        scratch.path("out"), "--set", "deduplicate.bandes=3",
      ],
    ] {
      #expect(try Command.run(arguments).status == 64, "\(arguments)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
  }
}
