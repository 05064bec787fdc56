internal import ByteKernels
internal import TextAnalysis

/// What a run is: inputs, resolved pipeline, stages and their tasks.
///
/// A task's output is a function of the plan and the task's stage and index alone, so a plan's
/// identity is the identity of everything the run writes.
package struct Plan: Codable, Sendable, Equatable {
  /// One input file as it was when the run was planned.
  package struct Input: Codable, Sendable, Equatable {
    /// Absolute, so that a task finds it from any folder; not part of the identity.
    package let path: String
    /// The base name, with as much of the folder as tells it from the other inputs.
    package let name: String
    package let byteCount: Int
    /// XXH64 over the size and up to sixteen blocks of 64 KiB spread over the file, in hexadecimal.
    package let fingerprint: String
    /// Why the file cannot be read, when it cannot; its task counts it as failed.
    package let failure: String?
    /// Why one task reads the whole file, or a long piece of it, when it is longer than tasks are.
    package let obstacleToCuts: String?

    /// False when the file is no longer the one that was planned.
    func isUnchanged() throws(FileError) -> Bool {
      guard let status = FileSystem.status(path), status.byteCount == byteCount else {
        return false
      }
      return try fingerprint == Hexadecimal.digits(Fingerprint.sampled(path, byteCount: byteCount))
    }
  }

  /// A file whose content decides what a step does: a model, a tokenizer.
  package struct Dependency: Codable, Sendable, Equatable {
    package let path: String
    /// The setting that named it: the file itself, or its folder.
    package let setting: String
    /// XXH64 of the whole content, in hexadecimal.
    package let checksum: String
  }

  /// A part of one input that a task reads.
  package struct Slice: Codable, Sendable, Equatable {
    /// Index into `inputs`.
    package let input: Int
    /// Byte offsets in the file as stored.
    package let start: Int
    package let end: Int

    /// What a reader is asked for: nil when the slice is all of `input`, and without an end when it
    /// is the last.
    func range(in input: Input) -> Range<Int>? {
      if start == 0, end == input.byteCount { return nil }
      return start..<(end == input.byteCount ? .max : end)
    }
  }

  /// A barrier: all tasks of one stage are done before the next begins.
  package struct Stage: Codable, Sendable, Equatable {
    package let name: String
    package let taskCount: Int
  }

  /// The version of this file's layout.
  package let format: Int
  package let toolVersion: String
  /// 32 hexadecimal digits; empty only while it is being computed.
  package private(set) var identity: String
  /// The resolved pipeline file.
  package private(set) var pipeline: String
  package private(set) var inputs: [Input]
  package private(set) var dependencies: [Dependency]
  /// What each task of the `curate` stage reads.
  package let slices: [[Slice]]
  package let stages: [Stage]
  /// The index that duplicates are looked for in; nil when there is none.
  package private(set) var index: PlannedIndex?

  static let currentFormat = 1

  package init(
    pipeline: String, inputs: [Input], dependencies: [Dependency], slices: [[Slice]],
    stages: [Stage], index: PlannedIndex? = nil
  ) throws {
    format = Self.currentFormat
    toolVersion = ToolVersion.current
    identity = ""
    self.pipeline = pipeline
    self.inputs = inputs
    self.dependencies = dependencies
    self.slices = slices
    self.stages = stages
    self.index = index
    identity = try Self.identity(of: self)
  }

  /// Refuses a plan that was made by another program, was edited, or whose dependencies changed.
  func verify(at path: String) throws {
    var unsigned = self
    unsigned.identity = ""
    guard format == Self.currentFormat, toolVersion == ToolVersion.current else {
      throw PipelineError(
        file: path,
        message:
          "made by gristmill \(toolVersion) (format \(format)), this is \(ToolVersion.current)")
    }
    guard try Self.identity(of: unsigned) == identity else {
      throw PipelineError(file: path, message: "has been edited; make a new run for other settings")
    }
    for dependency in dependencies {
      let checksum = try? Hexadecimal.digits(Fingerprint.whole(dependency.path))
      guard checksum == dependency.checksum else {
        throw PipelineError(
          file: dependency.path,
          message: "is not what it was when the run was planned; put it back, or make a new run")
      }
    }
  }

  /// The same with paths reduced to what does not depend on the machine.
  var portable: Plan {
    var portable = self
    portable.inputs = inputs.map {
      Input(
        path: $0.name, name: $0.name, byteCount: $0.byteCount, fingerprint: $0.fingerprint,
        failure: $0.failure == nil ? nil : "unreadable", obstacleToCuts: $0.obstacleToCuts)
    }
    for dependency in dependencies {
      portable.pipeline = portable.pipeline.replacing(
        SettingValue.string(dependency.setting).yaml,
        with: SettingValue.string(FileSystem.baseName(dependency.setting)).yaml)
    }
    portable.dependencies = dependencies.map {
      Dependency(
        path: FileSystem.baseName($0.path), setting: FileSystem.baseName($0.setting),
        checksum: $0.checksum)
    }
    if let index {
      portable.pipeline = portable.pipeline.replacing(
        SettingValue.string(index.path).yaml, with: SettingValue.string(index.portable.path).yaml)
      portable.index = index.portable
    }
    return portable
  }

  /// Two XXH64 over the JSON of the portable plan.
  private static func identity(of plan: Plan) throws -> String {
    let bytes = try JSONFile.encode(plan.portable)
    return Hexadecimal.digits(XXH64.hash(bytes.span, seed: 0))
      + Hexadecimal.digits(XXH64.hash(bytes.span, seed: 1))
  }
}

/// The version of this program.
package enum ToolVersion {
  package static let current = "0.1.0"
}
