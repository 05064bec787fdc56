/// Finds UTF-8 that was read in a single-byte charset, once or more often, and reads it again.
///
/// In the manner of ftfy, whose behaviour is the measure: not its heuristics. Only characters that
/// together are UTF-8 in one charset are looked at (`MojibakeRun`), and they are changed when what is
/// odd about them as they stand makes points enough. A text in which that was found once is suspect:
/// there fewer points do, and losses on the way are made good (a no-break space that became a space).
struct MojibakeRepair: Sendable {
  private let roles = MojibakeCharset.Roles.shared
  private let scanner: TextScanner

  private static let sure = 4
  private static let suspect = 3

  init() {
    var classes = [UInt8](repeating: TextScanner.Mark.plain, count: 0x110000)
    for scalar in roles.leads { classes[Int(scalar)] = TextScanner.Mark.rewritten }
    for scalar in 0x80...0x9F { classes[scalar] = TextScanner.Mark.rewritten }
    scanner = TextScanner(classes: classes)
  }

  /// The text made good, and how many sequences were; nil when there is nothing to do.
  func repaired(_ bytes: [UInt8]) -> (bytes: [UInt8], count: Int)? {
    let ranges = suspectLines(bytes)
    guard !ranges.isEmpty else { return nil }
    var lines = ranges.map { Self.scalars(bytes.span.extracting($0)) }
    let originals = lines
    var count = 0
    for index in lines.indices { count += repair(&lines[index], Self.sure) }
    if count > 0 {
      for index in lines.indices { count += repair(&lines[index], Self.suspect) }
    }
    for index in lines.indices { count += Self.readControls(&lines[index]) }
    guard count > 0 else { return nil }
    var output = DecodedBytes(replaces: false, expectedByteCount: bytes.count)
    var position = 0
    for (index, range) in ranges.enumerated() where lines[index] != originals[index] {
      output.append(copying: bytes.span.extracting(position..<range.lowerBound))
      for scalar in lines[index] { output.append(scalar) }
      position = range.upperBound
    }
    output.append(copying: bytes.span.extracting(position..<bytes.count))
    return (output.bytes, count)
  }

  /// The lines that hold two characters which can be bytes of one sequence, or a C1 control.
  private func suspectLines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var ignored: TextScanner.Findings = []
    var position = 0
    while true {
      let stop = scanner.scan(bytes.span, from: position, &ignored)
      if stop == bytes.count { return lines }
      let (first, length) = TextCleaning.scalar(in: bytes.span, at: stop)
      position = stop + length
      guard position < bytes.count || first < 0xA0 else { return lines }
      let second =
        position < bytes.count ? TextCleaning.scalar(in: bytes.span, at: position).scalar : 0
      let isControl = first < 0xA0 && first != 0x85
      guard isControl || roles.charsets(of: first, before: second) != 0 else { continue }
      var start = stop
      while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
      while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      lines.append(start..<position)
    }
  }

  /// Repairs until nothing more is found, and returns how many sequences were.
  private func repair(_ line: inout [UInt32], _ least: Int) -> Int {
    var count = 0
    for _ in 0..<6 {
      if let whole = whole(line, least) {
        line = whole.line
        count += whole.count
        continue
      }
      let found = pass(&line, least)
      if found == 0 { break }
      count += found
    }
    return count
  }

  /// The line with all that is beyond ASCII read again in one charset, and how many sequences that
  /// were; nil when there is none that reads all of it.
  private func whole(_ line: [UInt32], _ least: Int) -> (line: [UInt32], count: Int)? {
    guard let first = line.firstIndex(where: { $0 >= 0x80 }), first + 1 < line.count else {
      return nil
    }
    let isSuspect = least < Self.sure
    var charsets = roles.charsets(of: line[first], before: line[first + 1])
    var best: (line: [UInt32], count: Int, points: Int, rank: Int)?
    while charsets != 0 {
      let charset = MojibakeCharset.all[charsets.trailingZeroBitCount]
      charsets &= charsets - 1
      guard
        let read = read(
          line, charset, isSuspect ? [.rareCharacters, .lostSpaces] : .rareCharacters)
      else { continue }
      if read.rank > best?.rank ?? Int.min { best = read }
    }
    guard let best, best.points >= (isSuspect ? 1 : Self.sure) else { return nil }
    return (best.line, best.count)
  }

  private func read(
    _ line: [UInt32], _ charset: MojibakeCharset, _ freedom: MojibakeRun.Freedom
  ) -> (line: [UInt32], count: Int, points: Int, rank: Int)? {
    var output: [UInt32] = []
    output.reserveCapacity(line.count)
    var (count, points, controlCount, position) = (0, 0, 0, 0)
    while position < line.count {
      guard line[position] >= 0x80 else {
        output.append(line[position])
        position += 1
        continue
      }
      guard let run = MojibakeRun(line, at: position, charset, freedom) else { return nil }
      output.append(contentsOf: run.decoded)
      count += run.decoded.count
      points += run.points
      controlCount += run.controlCount
      position = run.end
    }
    return (output, count, points, points - 4 * controlCount)
  }

  private func pass(_ line: inout [UInt32], _ least: Int) -> Int {
    var output: [UInt32] = []
    output.reserveCapacity(line.count)
    var (count, repairedCount, oddCount, position) = (0, 0, 0, 0)
    while position < line.count {
      let scalar = line[position]
      let next = position + 1 < line.count ? line[position + 1] : 0
      if scalar >= 0x80,
        let run = likeliestRun(line, at: position, next, least < Self.sure ? .lostSpaces : []),
        run.points >= least
      {
        output.append(contentsOf: run.decoded)
        count += run.decoded.count
        repairedCount += run.end - position
        position = run.end
      } else if least < Self.sure, Self.hasLostSpace(line, at: position) {
        // The second byte of `à` is a no-break space in windows-1252; it stands for one space or two.
        output.append(0xE0)
        count += 1
        let isDouble = position + 2 < line.count && line[position + 2] == 0x20
        position += isDouble ? 2 : 1
      } else {
        if (0x80...0xBF).contains(scalar), scalar != 0xA0, scalar != 0xAB, scalar != 0xBB {
          oddCount += 1
        }
        output.append(scalar)
        position += 1
      }
    }
    // Among more signs that make no sense either, these are not UTF-8 but some other charset's text.
    if oddCount > max(repairedCount, 2) { return 0 }
    if count > 0 { line = output }
    return count
  }

  private func likeliestRun(
    _ line: [UInt32], at position: Int, _ next: UInt32, _ freedom: MojibakeRun.Freedom
  ) -> MojibakeRun? {
    var charsets = roles.charsets(of: line[position], before: next)
    var best: MojibakeRun?
    while charsets != 0 {
      let charset = MojibakeCharset.all[charsets.trailingZeroBitCount]
      charsets &= charsets - 1
      guard let run = MojibakeRun(line, at: position, charset, freedom) else { continue }
      if run.rank > best?.rank ?? Int.min { best = run }
    }
    return best
  }

  /// Whether `Ã` and a space stand where a small letter `à` does.
  private static func hasLostSpace(_ line: [UInt32], at position: Int) -> Bool {
    guard line[position] == 0xC3, position + 1 < line.count, line[position + 1] == 0x20 else {
      return false
    }
    let before = position > 0 ? line[position - 1] : 0x20
    return before == 0x20 || CharacterKind.of(before).contains(.lower)
  }

  /// C1 controls are bytes of windows-1252 whose charset was taken for ISO 8859-1; NEL may be meant.
  private static func readControls(_ line: inout [UInt32]) -> Int {
    guard let windows = MojibakeCharset.all.first else { return 0 }
    var count = 0
    for index in line.indices where line[index] >= 0x80 && line[index] < 0xA0 {
      let byte = UInt8(line[index])
      let meant = windows.bytes.first { $0.value == byte && $0.key >= 0xA0 }?.key
      guard byte != 0x85, let meant else { continue }
      line[index] = meant
      count += 1
    }
    return count
  }

  private static func scalars(_ bytes: Span<UInt8>) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let (scalar, length) = TextCleaning.scalar(in: bytes, at: position)
      scalars.append(scalar)
      position += length
    }
    return scalars
  }
}
