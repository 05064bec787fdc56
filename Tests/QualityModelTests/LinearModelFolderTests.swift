import ByteKernels
import TestSupport
import Testing

@testable import QualityModel

struct LinearModelFolderTests {
  private func model(_ settings: QualityTrainingSettings = .init()) async throws -> LinearModel {
    try await TestTraining.model(SampleTexts.examples(40, seed: 1), settings)
  }

  @Test(arguments: [1 << 18, 1 << 10, 999])
  func `a model comes back from its folder as it was`(featureCount: Int) async throws {
    var settings = QualityTrainingSettings()
    settings.features = featureCount
    let model = try await model(settings)
    let folder = try ScratchFolder()
    let published = try model.write(to: folder.path("deep/er"))
    #expect(published.map(\.path).map(FileSystem.baseName) == ["model.json", "weights.bin"])
    let read = try LinearModel(directory: folder.path("deep/er"))
    #expect(read.features == model.features && read.training == model.training)
    #expect(read.weights == model.weights && read.labels == model.labels)
    let again = try read.write(to: folder.path("again"))
    #expect(again.map(\.checksum) == published.map(\.checksum))
  }

  @Test func `a folder that is not there names the file`() throws {
    let folder = try ScratchFolder()
    let error = #expect(throws: QualityModelError.self) {
      try LinearModel(directory: folder.path("absent"))
    }
    #expect(error?.path == folder.path("absent/model.json"))
  }

  @Test(arguments: [
    ("model.json", "{}", "does not describe"), ("model.json", "not json", "does not describe"),
    (
      "model.json", #"{"kind":"gristmill-quality-model","version":1}"#,
      "has version 1; this program reads 2"
    ),
    ("model.json", #"{"kind":"gristmill-quality-model","version":2}"#, "is damaged"),
    ("weights.bin", "", "is not a file of model weights"),
    (
      "weights.bin", "GristQM2 and then something else altogether, long enough for a header",
      "belongs to another model.json"
    ),
  ])
  func `foreign files are refused`(file: String, content: String, message: String) async throws {
    let folder = try ScratchFolder()
    try await model().write(to: folder.path)
    try folder.write(file, Array(content.utf8))
    let error = #expect(throws: QualityModelError.self) { try LinearModel(directory: folder.path) }
    #expect(error?.path == folder.path(file))
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func `flipped bits and cuts are noticed wherever they are`() async throws {
    var settings = QualityTrainingSettings()
    settings.features = 16
    let folder = try ScratchFolder()
    try await model(settings).write(to: folder.path)
    for (file, step) in [("model.json", 17), ("weights.bin", 7)] {
      let bytes = try folder.read(file)
      for position in stride(from: 0, to: bytes.count, by: step) {
        var broken = bytes
        broken[position] ^= 1 << UInt8(position % 8)
        try folder.write(file, broken)
        #expect(throws: QualityModelError.self, "\(file), byte \(position)") {
          try LinearModel(directory: folder.path)
        }
        try folder.write(file, Array(bytes[..<position]))
        #expect(throws: QualityModelError.self, "\(file), cut at \(position)") {
          try LinearModel(directory: folder.path)
        }
      }
      try folder.write(file, bytes)
    }
  }

  @Test func `weights of another training are refused`() async throws {
    let folder = try ScratchFolder()
    try await model().write(to: folder.path)
    let weights = try folder.read("weights.bin")
    var settings = QualityTrainingSettings()
    settings.maximumIterations = 3
    try await model(settings).write(to: folder.path)
    try folder.write("weights.bin", weights)
    let error = #expect(throws: QualityModelError.self) { try LinearModel(directory: folder.path) }
    #expect(error?.message.contains("belongs to another model.json") == true)
  }
}
