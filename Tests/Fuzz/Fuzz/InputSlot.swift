internal import CLibFuzzer
internal import Glibc

/// A file in memory that holds one input after another, because readers read files.
final class InputSlot {
  private let descriptor: Int32

  init() {
    descriptor = unsafe memfd_create("input", 0)
    precondition(descriptor >= 0, "the system makes files in memory")
  }

  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Writes to standard error at once, as the process is about to stop.
  static func say(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // SAFETY: the kernel reads inside the bytes, which outlive the call.
      _ = unsafe write(2, bytes.baseAddress, bytes.count)
    }
  }

  func fill(_ bytes: ArraySlice<UInt8>) {
    ftruncate(descriptor, 0)
    // SAFETY: the kernel reads inside the bytes, which outlive the call.
    let written = unsafe bytes.withUnsafeBytes {
      unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
    }
    precondition(written == bytes.count, "the file in memory takes the input")
  }
}
