internal import Glibc

/// The standard streams of this process.
package enum Terminal {
  package enum Stream: Int32, Sendable {
    case output = 1
    case error = 2
  }

  /// True when a person looks at the stream.
  package static func isInteractive(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Writes all of `text`; a closed pipe or a full disk behind the stream is not reported.
  package static func write(_ text: String, to stream: Stream) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let rest = bytes.span.extracting(done..<bytes.count)
      // SAFETY: pointer and length come from the same span and do not leave the closure.
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(stream.rawValue, $0.baseAddress, $0.count)
      }
      if written < 0, errno == EINTR { continue }
      if written <= 0 { return }
      done += written
    }
  }
}
