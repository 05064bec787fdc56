extension PreTokenizer {
  /// Whether pieces come out of it spelled in the byte alphabet.
  var spellsBytes: Bool {
    steps.contains { if case .byteLevel = $0 { true } else { false } }
  }
}
