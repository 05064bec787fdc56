/// What `Normalize` promises without a normalisation form, written scalar by scalar and line by line.
enum PlainNormalization {
  static func normalized(_ text: String) -> String {
    var scalars: [Unicode.Scalar] = []
    let all = Array(text.unicodeScalars)
    for (index, scalar) in all.enumerated() {
      switch scalar.value {
      case 0x0D where index + 1 < all.count && all[index + 1] == "\n": break
      case 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: scalars.append("\n")
      case 0x09, 0x0A: scalars.append(scalar)
      case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x2060, 0xFEFF: break
      case 0x200B:
        let neighbours = [index - 1, index + 1].filter(all.indices.contains).map { all[$0].value }
        if neighbours.contains(where: { (0x0E00...0x0EFF).contains($0) }) { scalars.append(scalar) }
      default: scalars.append(scalar)
      }
    }
    var lines: [[Unicode.Scalar]] = []
    for line in scalars.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = Array(
        line.reversed().drop(while: \.properties.isWhitespace).reversed())
      if trimmed.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(trimmed)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if let first = lines.first {
      lines[0] = Array(first.drop(while: \.properties.isWhitespace))
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: lines.joined(separator: ["\n"]))
    return String(result)
  }
}
