import ByteKernels
import TestSupport
import Testing

@testable import QualityModel

struct RowStoreTests {
  @Test(arguments: [1, 40, 255, 257, 1000, 70_000, 1 << 18, 1 << 30])
  func `packed lists come back as they were`(limit: Int) throws {
    var generator = SeededGenerator(seed: UInt64(limit))
    for count in [0, 1, 2, 63, 64, 65, 500] where count <= limit {
      var numbers: Set<UInt32> = []
      while numbers.count < count {
        numbers.insert(UInt32(Int.random(in: 0..<limit, using: &generator)))
      }
      let sorted = numbers.sorted()
      var features = FeatureSet(featureCount: min(limit, 1 << 20), keepsCounts: true)
      for width in ColumnList.widths {
        var (bytes, words): ([UInt8], [UInt64]) = ([], [])
        ColumnList.append(sorted, below: limit, width: width, words: &words, to: &bytes)
        #expect(bytes.count == ColumnList.byteCount(count, below: limit, width: width))
      }
      guard limit <= 1 << 20 else { continue }
      let counts = sorted.map { _ in
        [1, 1, 1, 2, 256, 257, 70_000].randomElement(using: &generator) ?? 1
      }
      features.fill { sink in
        for (number, count) in zip(sorted, counts) {
          sink.add(feature: Int(number), times: UInt32(count))
        }
      }
      var block = RowBlock(columnCount: limit)
      var encoder = RowEncoder()
      encoder.encode(&features, into: &block) { $0 + 1 }
      encoder.encode(&features, into: &block) { _ in 7 }
      let squares = counts.reduce(0.0) { $0 + Double($1) * Double($1) }
      var rows = 0
      RowCursor.forEach(block, 0..<2) { _ in
        true
      } _: { row in
        #expect(row.divisor == (rows == 0 ? squares + 1 : 7))
        #expect(row.unpacked == (rows == 0 ? zip(sorted, counts).map { [Int($0), $1] } : []))
        rows += 1
      }
      #expect(rows == 2)
    }
  }

  @Test func `rows that do not fit the memory are read from disk, and give the same bits`()
    async throws
  {
    let folder = try ScratchFolder()
    let labels = ["none", "some", "all"]
    var settings = QualityTrainingSettings()
    settings.features = 5000
    let texts = labelled(900)
    let whole = try await TestTraining.set(texts, settings, labels: labels)
    #expect(whole.store.reader == nil && whole.store.places.count == 1)
    let model = try await whole.fit()
    for (workerCount, size) in [(1, 3000), (3, 0), (2, 1 << 20)] {
      let store = try await split(
        settings.features, texts, memoryByteCount: size, folder.path("rows"))
      #expect(store.places.count == 9)
      #expect((store.reader == nil) == (size == 1 << 20))
      let set = TrainingSet(
        settings: settings, labels: labels,
        resources: TrainingResources(workerCount: workerCount, spillPrefix: ""), store: store)
      let other = try await set.fit()
      #expect(other.weights == model.weights && other.training == model.training)
      let margins = try await set.margins(model, .all)
      #expect(try await whole.margins(model, .all) == margins)
    }
    #expect(FileSystem.files(in: folder.path).isEmpty)
  }

  @Test func `a spill file that changed is refused with its place`() throws {
    let folder = try ScratchFolder()
    let file = try SpillFile(besides: folder.path("rows"))
    var block = RowBlock(columnCount: 9)
    block.appendRow(columnCount: 0) { $0 += Array(repeating: 1, count: 24) }
    let spilled = SpilledBlock(block, offset: 0)
    try file.append(Array(repeating: UInt8(2), count: 24).span)
    let reader = try file.makeReader()
    #expect(
      throws: QualityTrainingError.damagedSpill(path: folder.path("rows.spill"), byteOffset: 0)
    ) {
      try spilled.read(reader, columnCount: 9)
    }
    let cut = SpilledBlock(block, offset: 8)
    #expect(
      throws: QualityTrainingError.damagedSpill(path: folder.path("rows.spill"), byteOffset: 8)
    ) {
      try cut.read(reader, columnCount: 9)
    }
  }

  @Test func `a disk that takes nothing more is an error that names the file and the remedy`()
    throws
  {
    guard FileSystem.status("/dev/full") != nil else { return }
    let error = FileError(operation: "write", path: "model/rows.spill", code: 28)
    let words = "\(QualityTrainingError.spill(error))"
    #expect(words.contains("model/rows.spill") && words.contains("free space"))
    var collector = RowCollector(
      columnCount: 9, labelCount: 2, memoryByteCount: 0, spillPrefix: "/no/such/folder/rows")
    var block = RowBlock(columnCount: 9)
    block.appendRow(columnCount: 0) { $0 += Array(repeating: 1, count: 5 << 20) }
    let refused = #expect(throws: QualityTrainingError.self) {
      try collector.append(block, labels: [0], weights: [1], folds: [0])
    }
    #expect(refused.map { "\($0)".contains("/no/such/folder/rows") } == true)
  }

  @Test func `weights that do not fit the memory are refused, and the remedy is named`() throws {
    let memory = TrainingMemory(activeCount: 1 << 24, columnCount: 1 << 24, rowCount: 1)
    #expect(memory.vectorByteCount > 3 << 30)
    let refused = #expect(throws: QualityTrainingError.self) {
      try memory.laneCount(workerCount: 8, memoryByteCount: 2 << 30, storeByteCount: 1 << 28)
    }
    let words = refused.map { "\($0)" } ?? ""
    #expect(words.contains("--memory") && words.contains("--features"))
    let few = try memory.laneCount(
      workerCount: 8, memoryByteCount: 5 << 30, storeByteCount: 1 << 28)
    #expect(few == 2)
    let all = try memory.laneCount(
      workerCount: 8, memoryByteCount: 16 << 30, storeByteCount: 1 << 28)
    #expect(all == 8)
  }

  private func labelled(_ count: Int) -> [LabelledText] {
    SampleTexts.examples(count, seed: 12).enumerated().map { index, text in
      LabelledText(
        text: text.text, label: text.label + index / 2 % 2, weight: 1 + Double(index % 3),
        fold: UInt8(index % 5))
    }
  }

  /// The same rows in nine blocks.
  private func split(
    _ featureCount: Int, _ texts: [LabelledText], memoryByteCount: Int, _ prefix: String
  ) async throws -> RowStore {
    var collector = RowCollector(
      columnCount: featureCount, labelCount: 3,
      memoryByteCount: memoryByteCount, spillPrefix: prefix, blockByteCount: 0)
    var extractor = RowExtractor(
      FeatureExtractor(
        FeatureSettings(
          pipeline: .words, featureCount: featureCount, termWeight: .binary,
          normalization: .euclidean)))
    for start in stride(from: 0, to: texts.count, by: 100) {
      let batch = extractor.extract(Array(texts[start..<start + 100]))
      try collector.append(
        batch.block, labels: batch.labels, weights: batch.weights, folds: batch.folds)
    }
    return try await ColumnOrder.ordered(
      try collector.finish(), workerCount: 2, memoryByteCount: memoryByteCount,
      spillPrefix: prefix, blockByteCount: 0)
  }
}
