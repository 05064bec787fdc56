import TestSupport
import Testing
import TextAnalysis

@testable import QualityModel

struct TrainingSetTests {
  private func texts(_ count: Int, seed: UInt64) -> [LabelledText] {
    SampleTexts.examples(count, seed: seed).enumerated().map { index, text in
      LabelledText(text: text.text, label: text.label, fold: UInt8(index / 2 % 5))
    }
  }

  private func settings(_ change: (inout QualityTrainingSettings) -> Void = { _ in })
    -> QualityTrainingSettings
  {
    var settings = QualityTrainingSettings()
    settings.features = 3000
    settings.regularization = 0.001
    change(&settings)
    return settings
  }

  @Test func `a fit without a fold is the fit to the other folds' texts`() async throws {
    let texts = texts(200, seed: 30)
    let set = try await TestTraining.set(texts, settings())
    let left = try await set.fit(RowSelection(exceptFold: 2))
    let alone = try await TestTraining.model(texts.filter { $0.fold != 2 }, settings())
    #expect(left.training?.textCounts == [80, 80])
    let tolerance = 1e-9
    var scratch = left.makeScratch()
    let held = texts.filter { $0.fold == 2 }
    let margins = try await set.margins(left, RowSelection(fold: 2))
    #expect(set.rows(RowSelection(fold: 2)).map { texts[$0].text } == held.map(\.text))
    for (text, margin) in zip(held, margins) {
      #expect(abs(left.margin(text.text.span, &scratch) - margin) < tolerance)
      #expect(abs(alone.margin(text.text.span, &scratch) - margin) < tolerance)
    }
  }

  @Test(arguments: [TermWeight.binary, .count])
  func `inverse document frequencies do not part the margins of rows, texts and explanations`(
    termWeight: TermWeight
  ) async throws {
    let texts = texts(100, seed: 36)
    let set = try await TestTraining.set(
      texts,
      settings {
        $0.usesInverseDocumentFrequency = true; $0.termWeight = termWeight
        $0.normalization = .euclidean
      })
    let model = try await set.fit()
    let margins = try await set.margins(model, .all)
    var scratch = model.makeScratch()
    for (text, margin) in zip(texts, margins) {
      #expect(abs(model.margin(text.text.span, &scratch) - margin) < 1e-9)
      let explanation = model.explain(text.text.span, label: 1, score: 0, limit: .max)
      let sum = explanation.terms.reduce(explanation.intercept) { $0 + $1.contribution }
      #expect(abs(sum - margin) < 1e-9)
    }
  }

  @Test func `a larger share has the rows of a smaller one, and its size`() async throws {
    let set = try await TestTraining.set(texts(2000, seed: 31), settings())
    let shares = [0.1, 0.5, 0.9, 1].map { Set(set.rows(RowSelection(share: $0, seed: 4))) }
    for (smaller, larger) in zip(shares, shares.dropFirst()) {
      #expect(smaller.isSubset(of: larger))
    }
    #expect(abs(shares[0].count - 200) < 50 && abs(shares[1].count - 1000) < 100)
    #expect(shares[3].count == 2000)
    #expect(Set(set.rows(RowSelection(share: 0.5, seed: 5))) != shares[1])
  }

  @Test func `a warm start reaches the same optimum, and from the optimum nothing is left to do`()
    async throws
  {
    let set = try await TestTraining.set(
      texts(300, seed: 32),
      settings {
        $0.tolerance = 1e-12; $0.maximumIterations = 1000
      })
    let cold = try await set.fit()
    let near = try await set.fit(.all, settings { $0.regularization = 0.0015 })
    let warm = try await set.fit(start: near)
    let (coldRecord, warmRecord) = (try #require(cold.training), try #require(warm.training))
    #expect(abs(warmRecord.objective - coldRecord.objective) < 1e-8)
    let again = try await set.fit(start: cold)
    #expect(abs((again.training?.objective ?? 0) - coldRecord.objective) < 1e-10)
    #expect((again.training?.iterationCount ?? 99) < coldRecord.iterationCount)
    let other = try await TestTraining.model(texts(50, seed: 33), settings { $0.features = 2999 })
    await #expect(throws: QualityTrainingError.otherStart("features")) {
      try await set.fit(start: other)
    }
  }

  @Test func `training stops early once held-out texts are predicted worse`() async throws {
    // Labels that nothing tells apart: whatever is learned does not hold for other texts.
    let noise = texts(300, seed: 34).enumerated().map { index, text in
      LabelledText(text: text.text, label: index / 2 % 2)
    }
    let free = settings { $0.regularization = 0 }
    let stopped = try await TestTraining.model(
      noise,
      settings {
        $0.regularization = 0; $0.heldOutShare = 0.3; $0.patience = 2
      })
    #expect(stopped.training?.stop == "held-out-loss")
    let all = try await TestTraining.model(noise, free)
    let (few, many) = (stopped.training?.iterationCount ?? 0, all.training?.iterationCount ?? 0)
    #expect(few < many)
    #expect(stopped.training?.textCounts == all.training?.textCounts)
  }

  @Test func `rows are held out of any share of the texts, and every label is on both sides`()
    async throws
  {
    let stopping = EarlyStopping(share: 0.1, seed: 7)
    let labels = (0..<1000).map { UInt16($0 % 50 == 0 ? 2 : $0 % 2) }
    for share in [0.01, 0.1, 1] {
      let selection = RowSelection(share: share, seed: 7)
      let weights = labels.indices.map { selection.contains(row: $0, fold: 0) ? 1.0 : 0 }
      let (training, heldOut) = stopping.parted(weights, labels: labels)
      #expect(zip(training, heldOut).map { $0 + $1 } == weights)
      for label in 0..<3 as Range<UInt16> {
        let rows = labels.indices.filter { labels[$0] == label && weights[$0] > 0 }
        let heldOutCount = rows.count { heldOut[$0] > 0 }
        #expect(rows.count < 2 || (1..<rows.count).contains(heldOutCount))
        #expect(abs(Double(heldOutCount) - 0.1 * Double(rows.count)) <= 1)
      }
    }
    let set = try await TestTraining.set(
      texts(300, seed: 37), settings { $0.heldOutShare = 0.2 })
    _ = try await set.fit(RowSelection(share: 0.2, seed: 0))
  }

  @Test func `a label's weight counts as that of its texts, and balance lets labels count alike`()
    async throws
  {
    let texts = texts(120, seed: 35).filter { $0.label == 1 || $0.fold > 1 }
    let tight = { (change: (inout QualityTrainingSettings) -> Void) in
      settings {
        $0.tolerance = 1e-12; $0.maximumIterations = 1000; change(&$0)
      }
    }
    let counts = [0, 1].map { label in texts.count { $0.label == label } }
    let factors = counts.map { Double(texts.count) / (2 * Double($0)) }
    let balanced = try await TestTraining.model(texts, tight { $0.balancesLabels = true })
    let listed = try await TestTraining.model(texts, tight { $0.labelWeights = factors })
    let weighted = try await TestTraining.model(
      texts.map { LabelledText(text: $0.text, label: $0.label, weight: factors[$0.label]) },
      tight { _ in })
    #expect(listed.weights == balanced.weights && listed.weights == weighted.weights)
  }

  @Test func `settings for other labels are refused by name`() {
    let wrong: [(String, Int, (inout QualityTrainingSettings) -> Void)] = [
      ("family", 3, { $0.family = .binomial }), ("label-weights", 2, { $0.labelWeights = [1] }),
      ("label-weights", 2, { $0.labelWeights = [1, -1] }),
      ("thresholds", 3, { $0.thresholds = [0.5] }), ("thresholds", 2, { $0.thresholds = [1.5] }),
      ("thresholds", 3, { $0.thresholds = [0, 0, 1] }),
      ("held-out-share", 2, { $0.heldOutShare = 1 }),
      ("patience", 2, { $0.patience = 0 }), ("label", 70_000, { _ in }),
      (
        "balance", 2,
        {
          $0.balancesLabels = true; $0.labelWeights = [1, 2]
        }
      ),
      ("inverse-document-minimum", 2, { $0.inverseDocumentMinimum = -1 }),
    ]
    for (name, labelCount, change) in wrong {
      let error = #expect(throws: SettingsError.self) {
        try settings(change).validate(labelCount: labelCount)
      }
      #expect(error?.setting == name)
    }
    #expect(settings { $0.thresholds = [0.7] }.decision(labelCount: 2) == .threshold(0.7))
    #expect(settings().decision(labelCount: 3) == .thresholds([1, 1, 1]))
  }

  @Test func `features that do not fit the memory are refused before a text is read`() async throws
  {
    let many = settings { $0.features = 1 << 28 }
    let error = #expect(throws: SettingsError.self) {
      try QualityTrainer(many, TrainingResources(spillPrefix: "/nowhere/rows"))
    }
    #expect(error?.setting == "features")
    #expect(error?.message.contains("--memory") == true)
    let set = try await TestTraining.set(texts(20, seed: 38), settings())
    let model = try await set.fit()
    let small = TrainingSet(
      settings: settings(), labels: ["0", "1"],
      resources: TrainingResources(workerCount: 8, memoryByteCount: 64, spillPrefix: ""),
      store: set.store)
    await #expect(throws: QualityTrainingError.self) { try await small.margins(model, .all) }
  }

  @Test func `a wrong token pattern is refused with the reason`() {
    for (pattern, reason) in [
      ("\\x{41", "\\x{ without its }"), ("[a", "[ without its ]"), ("(?<=a", ""), ("*", ""),
    ] {
      let error = #expect(throws: SettingsError.self) {
        try settings {
          $0.pipeline = .spark; $0.tokenPattern = pattern
        }.validate(labelCount: 2)
      }
      #expect(error?.setting == "token-pattern")
      #expect(error?.message.contains("the pattern '\(pattern)'") == true)
      #expect(reason.isEmpty || error?.message.contains(reason) == true)
    }
  }

  @Test func `thresholds decide alike for one row of weights and for two`() throws {
    let lists: [[Double]] = [
      [], [0.7], [0], [1], [0.25, 0.75], [0.5, 0.5], [0, 0.5], [0.5, 0],
    ]
    for thresholds in lists {
      let single = settings { $0.thresholds = thresholds }.decision(labelCount: 2)
      let double = settings {
        $0.thresholds = thresholds; $0.family = .multinomial
      }.decision(labelCount: 2)
      for probability in [0, 0.1, 0.3, 0.6, 0.65, 0.72, 0.8, 0.99] {
        let probabilities = [1 - probability, probability]
        #expect(
          single.label(probabilities: probabilities) == double.label(probabilities: probabilities),
          "\(thresholds) \(probability)")
      }
    }
    #expect(settings { $0.thresholds = [0.25, 0.75] }.decision(labelCount: 2) == .threshold(0.75))
    let weights = WeightMatrix(rowCount: 2, features: [], weights: [], intercepts: [0, 0])
    let model = LinearModel(
      features: settings().featureSettings, labels: ["0", "1"], weights: weights,
      inverseDocumentFrequencies: [], decision: .thresholds([0.25, 0.75]), training: nil)
    #expect(model.threshold == 0.75)
  }
}
