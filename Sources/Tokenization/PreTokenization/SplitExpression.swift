internal import Synchronization
internal import TextAnalysis

/// A regular expression that texts are split by: in Oniguruma's dialect, as a `tokenizer.json` has
/// them, and found by ICU.
package struct SplitExpression: Sendable, Hashable {
  /// As it was given.
  package let source: String
  private let searches: SearchPool

  /// More than any sensible expression has.
  private static let maximumByteCount = CountFile.maximumPatternByteCount - 16

  /// Refuses what is no regular expression, and what ICU cannot do as Oniguruma does it.
  package init(_ source: String) throws(SplitPatternError) {
    guard source.utf8.count <= Self.maximumByteCount else {
      throw SplitPatternError(
        message: "a regular expression of \(source.utf8.count) bytes is too long: at most "
          + "\(Self.maximumByteCount)")
    }
    self.source = source
    let expression = try ExpressionTranslator.translate(source)
    do {
      searches = SearchPool(expression, try RegularExpression(expression, isBounded: false))
    } catch {
      throw SplitPatternError(
        message:
          "the regular expression \(SplitPatternError.shown(source)) is not understood (\(error.reason))"
      )
    }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.source.utf8.elementsEqual(b.source.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in source.utf8 { hasher.combine(byte) }
  }

  /// Calls `body` with the byte ranges of all matches in a valid UTF-8 text, from left to right.
  func matches(in text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    guard let search = searches.take() else { return }
    search.matches(in: text, body)
    searches.giveBack(search)
  }
}

/// What is said of an expression must be the same in every process: digests are made of it.
extension SplitExpression: CustomStringConvertible {
  package var description: String { source }
}

/// Compiled copies of one expression, so that workers need not wait for each other.
private final class SearchPool: Sendable {
  private let expression: String
  private let free: Mutex<[RegularExpression]>

  init(_ expression: String, _ first: RegularExpression) {
    self.expression = expression
    free = Mutex([first])
  }

  /// One that nobody else searches with; an expression that has compiled before compiles again.
  func take() -> RegularExpression? {
    free.withLock { $0.popLast() } ?? (try? RegularExpression(expression, isBounded: false))
  }

  func giveBack(_ search: RegularExpression) {
    free.withLock { $0.append(search) }
  }
}
