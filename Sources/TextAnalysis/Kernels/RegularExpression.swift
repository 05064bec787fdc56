internal import CText
internal import Synchronization

/// A compiled regular expression in ICU's dialect, searched in UTF-8.
///
/// Searches of one expression wait for each other; whoever searches much has one of its own.
package final class RegularExpression: Sendable {
  /// ICU cannot compile a pattern.
  package struct Fault: Error, Equatable {
    /// ICU's name for what is wrong.
    package let reason: String
  }

  private static let matchesAtOnce = 256
  private let handle: Mutex<Handle>

  /// Where `isBounded`, a text on which the expression goes back too often (10^7 saved states, 256 MB)
  /// has no further matches; else it takes the time and memory it takes.
  package init(_ pattern: String, isBounded: Bool = true) throws(Fault) {
    handle = Mutex(try Handle(Array(pattern.utf8), isBounded))
  }

  /// Calls `body` with the byte ranges of all matches in a text, from left to right.
  ///
  /// Matches do not overlap; an empty one is found where no longer one is.
  package func matches(in text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    handle.withLock { handle in
      handle.search(text, atOnce: Self.matchesAtOnce, body)
    }
  }
}

/// Owns what ICU made of a pattern.
// SAFETY: it is used behind a lock alone, by one thread at a time, which is all that ICU asks for.
@safe
private struct Handle: ~Copyable, @unchecked Sendable {
  let regex: OpaquePointer

  init(_ pattern: [UInt8], _ isBounded: Bool) throws(RegularExpression.Fault) {
    var reason: UnsafePointer<CChar>?
    let regex = unsafe pattern.withUnsafeBufferPointer { bytes in
      // SAFETY: ICU copies the pattern and sets the reason when it gives null.
      unsafe ct_regex_open(bytes.baseAddress, bytes.count, isBounded, &reason)
    }
    guard let regex = unsafe regex else {
      // SAFETY: the reason is a string constant of ICU's.
      throw RegularExpression.Fault(reason: unsafe reason.map { unsafe String(cString: $0) } ?? "")
    }
    unsafe self.regex = regex
  }

  deinit { unsafe ct_regex_close(regex) }

  func search(_ text: Span<UInt8>, atOnce capacity: Int, _ body: (Range<Int>) -> Void) {
    unsafe text.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeTemporaryAllocation(of: ct_range.self, capacity: capacity) { ranges in
        // SAFETY: the text stays where it is while this closure runs; ICU writes at most
        // `capacity` ranges, whose ends are places inside the text.
        guard unsafe ct_regex_start(regex, bytes.baseAddress, bytes.count) else { return }
        while true {
          let count = unsafe ct_regex_next(regex, ranges.baseAddress, capacity)
          for index in 0..<count {
            let range = unsafe ranges[index]
            body(range.start..<range.end)
          }
          if count < capacity { return }
        }
      }
    }
  }
}
