internal import ByteKernels

extension SentencePieceModel {
  /// Whether a file that begins with these bytes has a piece with a text as its first field.
  static func looksLikeModel(_ head: [UInt8]) -> Bool {
    head.count > 4 && head[0] == 0x0A && head[1] < 0x80 && head[2] == 0x0A && head[3] <= head[1]
  }

  /// Reads a file, and refuses one that SentencePiece would refuse.
  package static func read(path: String) throws -> SentencePieceModel {
    let bytes = try MappedFile(path: path).withBytes { [UInt8](copying: $0) }
    do throws(ProtobufError) {
      let model = try SentencePieceModel(bytes)
      try model.check()
      return model
    } catch {
      throw TokenizationError(path: path, byteOffset: error.byteOffset, message: error.message)
    }
  }

  /// Reads the bytes of a file.
  init(_ bytes: [UInt8]) throws(ProtobufError) {
    var pieces: [Piece] = []
    var trainer = ProtobufMessage()
    var normalizer = ProtobufMessage()
    var denormalizer: ProtobufMessage?
    var others = ProtobufMessage()
    var reader = ProtobufReader(bytes, in: bytes.indices)
    while let number = try reader.next() {
      switch number {
      case 1: pieces.append(try Piece(bytes, in: try reader.content(), id: pieces.count))
      case 2:
        var part = ProtobufReader(bytes, in: try reader.content())
        try trainer.append(&part)
      case 3:
        var part = ProtobufReader(bytes, in: try reader.content())
        try normalizer.append(&part)
      case 5:
        var part = ProtobufReader(bytes, in: try reader.content())
        var message = denormalizer ?? ProtobufMessage()
        try message.append(&part)
        denormalizer = message
      default: others.fields.append(.init(number: number, value: try reader.value()))
      }
    }
    let type = trainer.integer(3) ?? Algorithm.unigram.rawValue
    guard let algorithm = Algorithm(rawValue: type) else {
      throw ProtobufError(byteOffset: 0, message: "its model type is \(type), which is not known")
    }
    self.init(
      pieces: pieces, algorithm: algorithm, trainer: trainer, normalizer: normalizer,
      denormalizer: denormalizer, others: others)
  }
}

extension SentencePieceModel.Piece {
  fileprivate init(_ bytes: [UInt8], in range: Range<Int>, id: Int) throws(ProtobufError) {
    var text: [UInt8] = []
    var score: Float = 0
    var kind = Kind.normal
    var others = ProtobufMessage()
    var reader = ProtobufReader(bytes, in: range)
    while let number = try reader.next() {
      let place = reader.position
      switch number {
      case 1: text = Array(bytes[try reader.content()])
      case 2: score = try reader.float()
      case 3:
        let type = try reader.integer()
        guard let known = Kind(rawValue: Int(truncatingIfNeeded: type)) else {
          throw ProtobufError(
            byteOffset: place, message: "piece \(id) is of type \(type), which is not known")
        }
        kind = known
      default: others.fields.append(.init(number: number, value: try reader.value()))
      }
    }
    self.init(text: text, score: score, kind: kind, others: others)
  }
}
