internal import Glibc

/// What this process has used of the machine so far.
package struct ProcessUsage: Sendable {
  /// User and system time of all threads.
  package let cpuSeconds: Double
  /// The largest resident set so far.
  package let peakMemoryByteCount: Int

  package static var current: ProcessUsage {
    var usage = rusage()
    // SAFETY: `usage` outlives the call that fills it.
    unsafe getrusage(0 /* RUSAGE_SELF */, &usage)
    let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
    return ProcessUsage(
      cpuSeconds: user + system, peakMemoryByteCount: peakResidentSet ?? usage.ru_maxrss * 1024)
  }

  /// The kernel's own mark for this program; `ru_maxrss` would count the process that started it,
  /// since it lives on through `exec`.
  private static var peakResidentSet: Int? {
    var status: [UInt8] = []
    guard let file = try? InputFile(path: "/proc/self/status"),
      (try? file.read(into: &status, limit: 1 << 14)) != nil
    else { return nil }
    let text = String(decoding: status, as: UTF8.self)
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else {
      return nil
    }
    return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }
}
