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
    return ProcessUsage(cpuSeconds: user + system, peakMemoryByteCount: usage.ru_maxrss * 1024)
  }
}
