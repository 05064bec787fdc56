internal import ByteKernels

/// Why a compressed unit is given up.
enum UnitFailure {
  case decoder(DecoderFailure)
  /// It has come to so many bytes, more than its packed bytes may.
  case expansion(byteCount: Int)

  /// What becomes of it: `place` names the unit, `rest` says how reading goes on.
  func description(
    place: String, rest: String, settings: ReadSettings
  ) -> (code: ShardError.Code, message: String) {
    switch self {
    case .expansion(let byteCount):
      (
        .expansionTooLarge,
        "\(place) has come to \(byteCount) bytes, more than maximum-expansion "
          + "(\(settings.maximumExpansion)) times its packed ones; raise it to read on; "
          + rest
      )
    case .decoder(.corrupt(let what)): (.corrupt, "\(what) in \(place); \(rest)")
    case .decoder(.windowTooLarge):
      (
        .windowTooLarge,
        "\(place) needs a window above 2^\(settings.maximumWindowLog) bytes; "
          + "raise maximum-window-log (31 accepts all, at up to 2 GiB a reader); \(rest)"
      )
    case .decoder(.outOfMemory):
      (
        .outOfMemory,
        "the system gives no memory for \(place); let fewer workers run, "
          + "or lower maximum-window-log to refuse it; \(rest)"
      )
    case .decoder(.dictionaryMissing):
      (.dictionaryMissing, "\(place) needs a dictionary that the file does not hold; \(rest)")
    }
  }
}
