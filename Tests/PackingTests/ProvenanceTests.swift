import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct ProvenanceTests {
  private typealias Piece = PackedSequence.Piece

  private static func origin(_ number: Int) -> DocumentOrigin {
    DocumentOrigin(
      id: "document-\(number)", source: "crawl.warc.gz", record: "crawl.warc.gz#\(number * 37)",
      url: number % 3 == 0 ? "" : "https://example.org/\(number)")
  }

  @Test func `a tiny provenance has the bytes that the layout prescribes`() throws {
    let folder = try ScratchFolder()
    let writer = ProvenanceWriter(prefix: folder.path("train-00000"), hasLossMask: true)
    #expect(try writer.add(Self.origin(0)) == 0)
    #expect(try writer.add(Self.origin(1)) == 1)
    try writer.append(
      PackedSequence(
        tokens: [5, 6, 0], pieces: [Piece(document: 0, count: 2), Piece(document: 1, count: 1)],
        lossMask: [0, 1, 1]))
    try writer.append(
      PackedSequence(
        tokens: [7, 0, 0],
        pieces: [Piece(document: 1, start: 1, count: 1), Piece(document: Piece.padding, count: 2)]))
    _ = try writer.publish()

    let bytes = try folder.read("train-00000.provenance")
    func words(_ range: Range<Int>) -> [UInt64] {
      stride(from: range.lowerBound, to: range.upperBound, by: 8).map { bytes.span.raw.load64($0) }
    }
    #expect(Array(bytes[0..<8]) == Array("GRISTPRV".utf8))
    #expect(Array(bytes[8..<16]) == [1, 0, 0, 0, 0, 0, 0, 0])
    #expect(words(16..<48) == [6, 2, 4, 2])
    #expect(words(48..<88) == [128, 144, 176, 192, 208])
    #expect(words(96..<112) == [1, 1024])
    #expect(Array(bytes[112..<128]) == [UInt8](repeating: 0, count: 16))
    #expect(words(128..<144) == [3, 6])
    #expect(words(144..<176) == [2, 3, 4, 6])
    #expect(words(176..<192) == [1 << 32, 0xFFFF_FFFF_0000_0001])
    #expect(words(192..<208) == [0, 1])
    #expect(Array(bytes[208..<216]) == [0, 1, 1, 1, 0, 0, 0, 0])
    #expect(words(bytes.count - 8..<bytes.count) == [216])
    #expect(words(88..<96) == [UInt64(bytes.count - 8)])
    #expect(Array(bytes[216..<220]) == [0x28, 0xB5, 0x2F, 0xFD])
  }

  @Test func `what was written is told again, over blocks and spills`() throws {
    let folder = try ScratchFolder()
    var random = SeededGenerator(seed: 7)
    let writer = ProvenanceWriter(prefix: folder.path("shard"))
    var sequences: [PackedSequence] = []
    var documentCount = 0
    for _ in 0..<12_000 {
      var pieces: [Piece] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        _ = try writer.add(Self.origin(documentCount))
        pieces.append(
          Piece(
            document: UInt32(documentCount), start: documentCount % 5,
            count: Int.random(in: 1...9, using: &random)))
        documentCount += 1
      }
      if Bool.random(using: &random) { pieces.append(Piece(document: Piece.padding, count: 2)) }
      let count = pieces.reduce(0) { $0 + $1.count }
      sequences.append(
        PackedSequence(tokens: [UInt32](repeating: 1, count: count), pieces: pieces))
      try writer.append(try #require(sequences.last))
    }
    _ = try writer.publish()
    let reader = try ProvenanceReader(path: folder.path("shard.provenance"))
    try reader.verify()
    #expect(reader.sequenceCount == sequences.count)
    #expect(reader.documentCount == documentCount)

    var token = 0
    for (number, sequence) in sequences.enumerated() {
      #expect(reader.pieces(ofSequence: number) == sequence.pieces)
      var start = token
      for (index, piece) in sequence.pieces.enumerated() {
        let place = reader.place(ofToken: start + piece.count - 1)
        #expect(
          place
            == .init(
              sequence: number, sequenceStart: token, piece: index, pieceStart: start,
              content: piece))
        start += piece.count
      }
      token = start
    }
    #expect(token == reader.tokenCount)
    for number in [0, 1, 1023, 1024, 1025, documentCount - 1] {
      #expect(try reader.origin(ofDocument: number) == Self.origin(number))
    }
    var seen = 0
    try reader.forEachOrigin { number, origin in
      if number == seen, origin == Self.origin(number) { seen += 1 }
    }
    #expect(seen == documentCount)
  }

  @Test func `documents that are sequences of their own share one column of ends`() throws {
    let folder = try ScratchFolder()
    let writer = ProvenanceWriter(prefix: folder.path("shard"))
    for number in 0..<3 {
      let document = EncodedDocument(
        number: try writer.add(Self.origin(number)), tokens: [1, 2, UInt32(number)])
      try writer.append(PackedSequence(document))
    }
    _ = try writer.publish()
    let bytes = try folder.read("shard.provenance")
    #expect(bytes.span.raw.load64(48) == bytes.span.raw.load64(56))
    let reader = try ProvenanceReader(path: folder.path("shard.provenance"))
    try reader.verify()
    #expect(reader.pieces(ofSequence: 2) == [Piece(document: 2, count: 3)])
    #expect(reader.lossMask(of: 0..<3).isEmpty)
  }

  @Test func `no damage traps, and all that shows is told`() throws {
    let folder = try ScratchFolder()
    let writer = ProvenanceWriter(prefix: folder.path("shard"))
    for number in 0..<10 {
      let document = EncodedDocument(
        number: try writer.add(Self.origin(number)), tokens: [UInt32](0...UInt32(number)))
      try writer.append(PackedSequence(document))
    }
    _ = try writer.publish()
    let whole = try folder.read("shard.provenance")
    // Starts of pieces are the packer's word alone, any number of documents fits into one block, and
    // what fills up is not looked at.
    let starts = Int(whole.span.raw.load64(72))
    let table = Int(whole.span.raw.load64(88))
    let filling = try #require(whole[..<table].lastIndex { $0 != 0 }) + 1
    let free = Set(12..<16).union(104..<128).union(starts..<(starts + 4 * 10))
      .union(filling..<table)
    let positions = Array(0..<128) + stride(from: 128, to: whole.count, by: 5)
    for position in positions where !free.contains(position) {
      var damaged = whole
      damaged[position] ^= 0x41
      try folder.write("damaged", damaged)
      #expect(throws: ProvenanceError.self, "byte \(position)") {
        try ProvenanceReader(path: folder.path("damaged")).verify()
      }
    }
    for count in stride(from: 0, to: whole.count, by: 3) {
      try folder.write("damaged", Array(whole[..<count]))
      #expect(throws: ProvenanceError.self, "\(count) bytes") {
        try ProvenanceReader(path: folder.path("damaged")).verify()
      }
    }
  }
}
