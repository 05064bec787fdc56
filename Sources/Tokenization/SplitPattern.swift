internal import TextAnalysis

/// How text is cut into pre-tokens before merging.
///
/// Letters, numbers and white space are Unicode 16's `L`, `N` and `White_Space`, as in tiktoken 0.14
/// and Hugging Face tokenizers 0.23.
package enum SplitPattern: String, SettingChoice {
  /// tiktoken's r50k and p50k: an optional space, then letters, numbers or other characters.
  case gpt2
  /// tiktoken's present cl100k: numbers in threes, newlines kept with what ends before them.
  case gpt4
  /// Llama 3's: as `gpt4`, but white space at the end of a text is cut after its last newline.
  case llama3
  /// The whole text is one pre-token.
  case none

  /// The pattern in Oniguruma's dialect, as a `tokenizer.json` states it; nil when nothing is split.
  ///
  /// Written without possessive quantifiers, `$` and `\z`, which mean different things to the
  /// engines that read these files; `(?![\s\S])` is the end of the text in all of them.
  package var regularExpression: String? {
    switch self {
    case .gpt2:
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    case .gpt4:
      #"'(?:[sSdDmMtTſ]|[lL][lL]|[vV][eE]|[rR][eE])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s+(?![\s\S])|\s*[\r\n]+|\s+(?!\S)|\s+"#
    case .llama3:
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    case .none: nil
    }
  }
}
