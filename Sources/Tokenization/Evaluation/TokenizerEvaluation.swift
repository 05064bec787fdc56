internal import TextAnalysis

/// What several tokenizers make of the same documents, in all and by what the documents say of
/// themselves.
package struct TokenizerEvaluation: Sendable, Equatable {
  /// How much text there is.
  package struct Extent: Sendable, Equatable {
    package var documentCount = 0
    package var byteCount = 0
    package var scalarCount = 0
    /// Words by Unicode's boundaries (UAX #29) that hold more than punctuation; each Han or
    /// Hiragana character is one.
    package var wordCount = 0

    package init() {}

    /// The extent of one valid UTF-8 text of less than 4 GiB.
    package init(of text: [UInt8]) {
      let analyzed = AnalyzedText(text)
      documentCount = 1
      byteCount = text.count
      scalarCount = analyzed.scalarCount
      wordCount = analyzed.words(.unicode).count { $0.facts.contains(.hasNonPunctuation) }
    }

    static func += (total: inout Self, other: Self) {
      total.documentCount += other.documentCount
      total.byteCount += other.byteCount
      total.scalarCount += other.scalarCount
      total.wordCount += other.wordCount
    }
  }

  /// Documents that have something in common.
  package struct Group: Sendable, Equatable {
    package private(set) var extent = Extent()
    /// One for each tokenizer.
    package private(set) var outcomes: [TokenizerOutcome]

    init(tokenizerCount: Int) {
      outcomes = Array(repeating: TokenizerOutcome(), count: tokenizerCount)
    }

    mutating func add(_ extent: Extent, _ outcomes: [TokenizerOutcome]) {
      self.extent += extent
      for (index, outcome) in outcomes.enumerated() { self.outcomes[index] += outcome }
    }
  }

  /// What is known of one document.
  package struct Item: Sendable {
    package let extent: Extent
    package let outcomes: [TokenizerOutcome]
    /// What the document says in each field; nil where it says nothing.
    package let values: [String?]

    package init(extent: Extent, outcomes: [TokenizerOutcome], values: [String?]) {
      self.extent = extent
      self.outcomes = outcomes
      self.values = values
    }
  }

  /// More values of a field than this are counted together, in the order they come: a field may
  /// hold an address for every document.
  package static let maximumGroupCount = 1000

  package let fields: [String]
  package private(set) var total: Group
  /// The groups of each field by their value; documents that say nothing are in none.
  package private(set) var groups: [[String: Group]]
  /// Documents of each field whose values are too many.
  package private(set) var rest: [Group]

  package init(tokenizerCount: Int, fields: [String]) {
    let none = Group(tokenizerCount: tokenizerCount)
    self.fields = fields
    total = none
    groups = Array(repeating: [:], count: fields.count)
    rest = Array(repeating: none, count: fields.count)
  }

  package mutating func add(_ item: Item) {
    total.add(item.extent, item.outcomes)
    for (field, value) in item.values.enumerated() {
      guard let value else { continue }
      if groups[field][value] == nil, groups[field].count >= Self.maximumGroupCount {
        rest[field].add(item.extent, item.outcomes)
      } else {
        groups[field][value, default: Group(tokenizerCount: item.outcomes.count)]
          .add(item.extent, item.outcomes)
      }
    }
  }
}
