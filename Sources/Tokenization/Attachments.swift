/// Parts of a tokenizer's files that change neither ids nor text, kept to be written again.
package struct Attachments: Sendable, Equatable {
  /// What `transformers` puts around the ids of a text; `encode` does not.
  var postProcessor: JSONTree?
  /// `encode` does not cut ids short.
  var truncation: JSONTree?
  /// `encode` does not fill ids up.
  var padding: JSONTree?
  /// The `tokenizer_config.json` that lay beside the file.
  var configuration: JSONTree?

  /// What a byte-level model says of characters that it does not know: there are none.
  var unknown = CharacterRules()
  package init() {}
}
