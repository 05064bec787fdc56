internal import Reports

/// The report for machines.
extension TokenizerReport {
  /// One line; members are named as in the tables, and groups are in order of their text.
  package var json: String {
    JSONValue.object([
      (name: "text", value: Self.value(evaluation.total.extent)),
      (
        name: "tokenizers",
        value: .array(subjects.indices.map { value(of: $0) })
      ),
      (
        name: "groups",
        value: .object(
          evaluation.fields.indices.map { field in
            (name: evaluation.fields[field], value: groups(of: field))
          })
      ),
    ]).text
  }

  private static func value(_ extent: TokenizerEvaluation.Extent) -> JSONValue {
    .object([
      (name: "documents", value: .integer(extent.documentCount)),
      (name: "bytes", value: .integer(extent.byteCount)),
      (name: "characters", value: .integer(extent.scalarCount)),
      (name: "words", value: .integer(extent.wordCount)),
    ])
  }

  private static func members(
    _ group: TokenizerEvaluation.Group, _ index: Int
  ) -> [(name: String, value: JSONValue)] {
    [
      (name: "tokens", value: .integer(group.outcomes[index].tokenCount)),
      (name: "bytes_per_token", value: JSONValue(group.bytesPerToken(index))),
      (name: "tokens_per_word", value: JSONValue(group.tokensPerWord(index))),
      (name: "unknown_tokens", value: .integer(group.outcomes[index].unknownCount)),
      (name: "altered_documents", value: .integer(group.outcomes[index].alteredDocumentCount)),
    ]
  }

  private func value(of index: Int) -> JSONValue {
    let subject = subjects[index]
    let unused = subject.use.neverUsed
    return .object(
      [
        (name: "name", value: .string(subject.name)),
        (name: "vocabulary_size", value: .integer(subject.vocabularySize)),
      ] + Self.members(evaluation.total, index) + [
        (name: "renyi_efficiency", value: JSONValue(subject.use.renyiEfficiency)),
        (name: "never_used_count", value: .integer(unused.count)),
        (name: "never_used", value: .numbers(unused.map { Int($0) })),
        (name: "curve", value: subject.curve.map(Self.value) ?? .null),
        (
          name: "advised_vocabulary_size",
          value: subject.curve?.advisedSize.map { .integer($0) } ?? .null
        ),
      ])
  }

  private static func value(_ curve: VocabularyCurve) -> JSONValue {
    .array(
      curve.points.map { point in
        .object([
          (name: "vocabulary_size", value: .integer(point.vocabularySize)),
          (name: "tokens", value: .integer(point.tokenCount)),
          (name: "rare_tokens", value: .integer(point.rareTokenCount)),
        ])
      })
  }

  private func groups(of field: Int) -> JSONValue {
    .array(
      ranked(field: field).map { name, group in
        .object([
          (name: "value", value: .string(name)),
          (name: "text", value: Self.value(group.extent)),
          (
            name: "tokenizers",
            value: .array(
              subjects.indices.map { index in
                .object(
                  [(name: "name", value: .string(subjects[index].name))]
                    + Self.members(group, index))
              })
          ),
        ])
      })
  }
}
