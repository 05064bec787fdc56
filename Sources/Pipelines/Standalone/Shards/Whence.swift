internal import ByteKernels
internal import Packing
internal import Reports
package import Tokenization

/// Tells of one token of a shard which document it is of, and where that came from.
package enum Whence {
  package struct Answer: Sendable {
    let shard: String
    let offset: Int
    let token: UInt32
    let place: ProvenanceReader.Place
    /// Nil for padding.
    let origin: DocumentOrigin?
    /// The text around the token in its sequence; nil without a tokenizer.
    let text: (before: String, token: String, after: String)?

    /// Tokens of the document that stand before the token.
    var documentOffset: Int { place.content.start + offset - place.pieceStart }
  }

  /// Tokens shown before and after the one asked for.
  private static let contextCount = 24

  /// Asks for the token at `offset` of the shard, counted from 0 over all its files; without a tokenizer
  /// the one beside the shards is taken, if it is there.
  package static func ask(
    _ path: String, offset: Int, tokenizer: Tokenizer?
  ) throws -> Answer {
    let shard = try LocatedShard(path)
    guard let provenance = try shard.makeProvenance() else {
      throw RunError(
        path: path,
        message: "has no provenance beside it; only shards that gristmill packed tell whence their "
          + "tokens are")
    }
    guard offset >= 0, offset < provenance.tokenCount else {
      throw PipelineError(
        file: path,
        message: "has the tokens 0 to \(provenance.tokenCount - 1); there is no token \(offset)")
    }
    let place = provenance.place(ofToken: offset)
    let tokens = try sequence(at: place, of: shard, provenance)
    let position = offset - place.sequenceStart
    let used =
      try tokenizer
      ?? shard.folder?.tokenizerPath.map { try Tokenizer(contentsOf: $0) }
    return Answer(
      shard: shard.path, offset: offset, token: tokens[position], place: place,
      origin: place.content.isPadding
        ? nil : try provenance.origin(ofDocument: Int(place.content.document)),
      text: used.map { tokenizer in
        func text(_ range: Range<Int>) -> String {
          let bytes =
            (try? tokenizer.decode(Array(tokens[range.clamped(to: tokens.indices)]))) ?? []
          return String(repairing: bytes.span)
        }
        return (
          text((position - contextCount)..<position), text(position..<(position + 1)),
          text((position + 1)..<(position + 1 + contextCount))
        )
      })
  }

  /// Reads one sequence: directly where the format has the same ones, else by reading up to it.
  private static func sequence(
    at place: ProvenanceReader.Place, of shard: LocatedShard, _ provenance: ProvenanceReader
  ) throws -> [UInt32] {
    let reader = try shard.makeReader()
    let range = provenance.tokens(ofSequence: place.sequence)
    if reader.sequenceCount == provenance.sequenceCount {
      var sequence = PackedSequence()
      try reader.read(place.sequence, into: &sequence)
      if sequence.tokens.count == range.count { return sequence.tokens }
    }
    var cursor = TokenCursor(reader)
    var rest = range.lowerBound
    while rest > 0, try cursor.next(min(rest, 1 << 20)) != nil { rest -= min(rest, 1 << 20) }
    guard rest == 0, let tokens = try cursor.next(range.count) else {
      throw RunError(
        path: shard.path, message: "ends before the tokens that its provenance knows; verify it")
    }
    return tokens
  }
}

extension Whence.Answer {
  /// On one line.
  package var json: String {
    var members: [(name: String, value: JSONValue)] = [
      ("shard", .string(shard)), ("offset", .integer(offset)), ("token", .integer(Int(token))),
      ("sequence", .integer(place.sequence)),
      ("sequence_offset", .integer(offset - place.sequenceStart)),
      ("piece", .integer(place.piece)), ("padding", .boolean(origin == nil)),
    ]
    if let origin {
      members += [
        ("document", .integer(Int(place.content.document))),
        ("document_offset", .integer(documentOffset)), ("id", .string(origin.id)),
        ("source", .string(origin.source)), ("record", .string(origin.record)),
        ("url", origin.url.isEmpty ? .null : .string(origin.url)),
      ]
    }
    if let text {
      members.append(
        (
          "text",
          .object([
            ("before", .string(text.before)), ("token", .string(text.token)),
            ("after", .string(text.after)),
          ])
        ))
    }
    return JSONValue.object(members).text
  }

  /// For people, a line a fact.
  package var words: String {
    var lines = [
      "token     \(token), number \(Words.count(offset)) of \(shard)",
      "sequence  \(place.sequence), at \(Words.count(offset - place.sequenceStart)) in it, piece "
        + "\(place.piece)",
    ]
    if let origin {
      lines += [
        "document  \(origin.id), at token \(Words.count(documentOffset)) of it",
        "source    \(origin.source)", "record    \(origin.record)",
      ]
      if !origin.url.isEmpty { lines.append("url       \(origin.url)") }
    } else {
      lines.append("padding   of no document")
    }
    if let text { lines.append("text      \(text.before)⟦\(text.token)⟧\(text.after)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
