internal import CKernels

/// The scan that says of normal text, at memory speed, that there is nothing to do.
struct TextScanner: Sendable {
  /// What a character can mean to the scan beside a combining class.
  enum Mark {
    static let plain: UInt8 = 0
    static let space = UInt8(ck_class_space)
    static let doubtful = UInt8(ck_class_doubtful)
    static let rewritten = UInt8(ck_class_rewritten)
  }

  /// What was met before the first character to rewrite.
  struct Findings: OptionSet, Sendable {
    let rawValue: UInt32

    /// A character that may not be in normal form, or marks out of order.
    static let doubtful = Findings(rawValue: UInt32(ck_met_doubtful))
    /// White space at the end of a line or at either end, or three line feeds in a row.
    static let spacing = Findings(rawValue: UInt32(ck_met_spacing))
  }

  /// For each block of 64 code points, the number of its row; equal rows are one.
  private let rows: [UInt16]
  private let classes: [UInt8]

  /// Makes a scan from the class of every code point.
  init(classes all: [UInt8]) {
    var numbers: [ArraySlice<UInt8>: UInt16] = [:]
    var rows: [UInt16] = []
    var classes: [UInt8] = []
    for start in stride(from: 0, to: 0x110000, by: 64) {
      let row = all[start..<(start + 64)]
      if let number = numbers[row] {
        rows.append(number)
      } else {
        let number = UInt16(numbers.count)
        numbers[row] = number
        rows.append(number)
        classes.append(contentsOf: row)
      }
    }
    (self.rows, self.classes) = (rows, classes)
  }

  /// The offset of the first character to rewrite from `start` on, or the end; the rest is added to
  /// the findings.
  func scan(_ bytes: Span<UInt8>, from start: Int, _ findings: inout Findings) -> Int {
    var met = findings.rawValue
    let stop = unsafe rows.withUnsafeBufferPointer { rows in
      unsafe classes.withUnsafeBufferPointer { classes in
        unsafe bytes.withUnsafeBufferPointer { buffer in
          let table = unsafe ck_class_table(rows: rows.baseAddress, classes: classes.baseAddress)
          // SAFETY: the scan reads below `count`, and rows for all of the 17 planes are there.
          return unsafe ck_scan_text(buffer.baseAddress, start, buffer.count, table, &met)
        }
      }
    }
    findings = Findings(rawValue: met)
    return stop
  }
}
