import ByteKernels
import Logging
import Synchronization

/// Log messages as plain lines on standard error, clear of the progress line.
struct LineLogHandler: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  init(logLevel: Logger.Level) {
    self.logLevel = logLevel
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let label = event.level >= .warning ? "\(event.level): " : ""
    ProgressLine.shared.write("\(label)\(event.message)")
  }
}

/// The last line of an interactive terminal, rewritten in place, and the lines above it.
final class ProgressLine: Sendable {
  static let shared = ProgressLine()
  private let isInteractive = Terminal.isInteractive(.error)
  private let current = Mutex("")

  /// Writes a whole line above the progress line.
  func write(_ line: String) {
    current.withLock { progress in
      let clear = progress.isEmpty ? "" : "\r\u{1B}[K"
      Terminal.write("\(clear)\(line)\n\(progress)", to: .error)
    }
  }

  /// Replaces the progress line; on anything but a terminal a line of its own.
  func show(_ line: String) {
    current.withLock { progress in
      if isInteractive {
        progress = line
        Terminal.write("\r\u{1B}[K\(line)", to: .error)
      } else if !line.isEmpty {
        Terminal.write("\(line)\n", to: .error)
      }
    }
  }

  /// Seconds between two progress lines.
  var interval: Double { isInteractive ? 0.2 : 10 }
}
