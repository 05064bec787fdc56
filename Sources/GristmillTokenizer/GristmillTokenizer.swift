internal import FoundationEssentials
internal import Tokenization

/// Text to token ids and back, exactly as the tokenizer's own program does it.
///
/// May be used from any number of threads at once; each that encodes at a time has a cache of pieces of text it has met.
public final class Tokenizer: Sendable {
  private let tokenizer: Tokenization.Tokenizer
  private let encoders: EncoderPool

  /// Reads a `tokenizer.json`, `.tiktoken` or `.model` file, or a folder that holds one.
  ///
  /// `pattern` is how text is split, by name or as `regex:EXPRESSION`, for a `.tiktoken` file whose name
  /// is not that of a published one; `cacheByteCount` is the most bytes each cache takes.
  public init(
    contentsOf path: String, pattern: String? = nil, cacheByteCount: Int = 32 << 20
  ) throws(TokenizerError) {
    do {
      let pattern = try pattern.map { try SplitPattern(named: $0) }
      tokenizer = try Tokenization.Tokenizer(contentsOf: path, pattern: pattern)
    } catch {
      throw TokenizerError(message: "\(error)")
    }
    encoders = EncoderPool(
      tokenizer, encoderCount: ProcessInfo.processInfo.activeProcessorCount,
      cacheByteCount: cacheByteCount)
  }

  /// One more than the largest id.
  public var vocabularySize: Int { tokenizer.vocabularySize }

  /// The id of a special token by its text; nil when there is no such token.
  public func id(ofSpecialToken text: String) -> UInt32? { tokenizer.id(ofSpecialToken: text) }

  /// The ids of a text.
  ///
  /// What looks like a special token is ordinary text unless `allowingSpecialTokens`.
  public func encode(_ text: String, allowingSpecialTokens: Bool = false) -> [UInt32] {
    encoders.encode(text.utf8.span, allowingSpecialTokens: allowingSpecialTokens)
  }

  /// The ids of each text, found on all cores; a long text is shared among them.
  public func encode(
    _ texts: [String], allowingSpecialTokens: Bool = false
  ) async -> [[UInt32]] {
    await ConcurrentEncoding(encoders, allowingSpecialTokens: allowingSpecialTokens).ids(of: texts)
  }

  /// The ids of a text, and for each the bytes of the text's UTF-8 that it stands for.
  ///
  /// Nil for the models of SentencePiece's own files, which do not tell places.
  public func encodeWithRanges(
    _ text: String, allowingSpecialTokens: Bool = false
  ) -> (ids: [UInt32], ranges: [Range<Int>])? {
    encoders.encodeWithRanges(text.utf8.span, allowingSpecialTokens: allowingSpecialTokens)
  }

  /// How many ids a text becomes.
  public func count(_ text: String, allowingSpecialTokens: Bool = false) -> Int {
    encoders.count(text.utf8.span, allowingSpecialTokens: allowingSpecialTokens)
  }

  /// The text that ids stand for; U+FFFD stands where their bytes are no UTF-8.
  ///
  /// Refuses an id that is not in the vocabulary.
  public func decode(
    _ ids: [UInt32], skippingSpecialTokens: Bool = false
  ) throws(TokenizerError) -> String {
    String(
      decoding: try decodeBytes(ids, skippingSpecialTokens: skippingSpecialTokens), as: UTF8.self)
  }

  /// The bytes that ids stand for, which may begin or end inside a character.
  ///
  /// Refuses an id that is not in the vocabulary.
  public func decodeBytes(
    _ ids: [UInt32], skippingSpecialTokens: Bool = false
  ) throws(TokenizerError) -> [UInt8] {
    do {
      return try tokenizer.decode(ids, skippingSpecials: skippingSpecialTokens)
    } catch {
      throw TokenizerError(message: "\(error)")
    }
  }
}

/// What is wrong with a tokenizer's file, or with ids, and what would be right.
public struct TokenizerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Names the file or the id.
  public let message: String

  /// The message.
  public var description: String { message }
}
