package import ByteKernels

extension SentencePieceModel {
  /// The bytes of the file.
  package var encoded: [UInt8] {
    var writer = ProtobufWriter()
    for piece in pieces { writer.append(1, .bytes(piece.encoded)) }
    writer.append(2, .bytes(trainer.encoded))
    writer.append(3, .bytes(normalizer.encoded))
    if let denormalizer { writer.append(5, .bytes(denormalizer.encoded)) }
    for field in others.fields { writer.append(field.number, field.value) }
    return writer.bytes
  }

  /// Writes the file that SentencePiece loads.
  package func write(path: String) throws -> OutputFile.Published {
    let file = try OutputFile(path: path)
    try file.write(encoded)
    return try file.publish()
  }
}

extension SentencePieceModel.Piece {
  fileprivate var encoded: [UInt8] {
    var message = ProtobufMessage()
    message.fields.append(.init(number: 1, value: .bytes(text)))
    message.fields.append(.init(number: 2, value: .fixed32(score.bitPattern)))
    if kind != .normal {
      message.fields.append(.init(number: 3, value: .varint(UInt64(kind.rawValue))))
    }
    message.fields += others.fields
    return message.encoded
  }
}
