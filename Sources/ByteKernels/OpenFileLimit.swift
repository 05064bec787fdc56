internal import Glibc

/// How many files may be open at once.
package enum OpenFileLimit {
  /// As many as the system grants this process, which may be more than it had at its start.
  ///
  /// The limit at the start is often 1024, for the sake of programs that use `select`.
  package static let ofProcess: Int = {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    // SAFETY: `limit` outlives the calls that fill and read it.
    guard unsafe getrlimit(resource, &limit) == 0 else { return 1024 }
    let before = limit.rlim_cur
    limit.rlim_cur = limit.rlim_max
    let isRaised = unsafe setrlimit(resource, &limit) == 0
    return Int(clamping: isRaised ? limit.rlim_max : before)
  }()

  /// What each core's task may keep open when half of the limit is left for everything else.
  package static let ofTask = ofProcess / 2 / max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
