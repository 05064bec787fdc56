internal import ByteKernels
internal import Documents

/// An input file as the planner finds it.
struct PlannedInput {
  let path: String
  let name: String
  let byteCount: Int
  private let fingerprint: String
  private let failure: String?

  init(path: String, name: String) {
    self.path = path
    self.name = name
    let status = FileSystem.status(path)
    byteCount = status?.byteCount ?? 0
    if status?.isDirectory == true {
      (fingerprint, failure) = ("", "\(path): is a directory; name its files, such as '\(path)/*'")
    } else if status?.isRegularFile == false {
      let message = "is a pipe or a device, which cannot be read twice; save it to a file"
      (fingerprint, failure) = ("", "\(path): \(message)")
    } else {
      do throws(FileError) {
        fingerprint = Hexadecimal.digits(try Fingerprint.sampled(path, byteCount: byteCount))
        failure = nil
      } catch {
        (fingerprint, failure) = ("", error.description)
      }
    }
  }

  func cuts(every taskByteCount: Int, _ settings: ReadSettings) -> ShardCuts {
    ShardCuts(
      path: path, byteCount: failure == nil ? byteCount : 0, sliceByteCount: taskByteCount,
      settings: settings)
  }

  func input(obstacleToCuts: String?) -> Plan.Input {
    Plan.Input(
      path: path, name: name, byteCount: byteCount, fingerprint: fingerprint, failure: failure,
      obstacleToCuts: obstacleToCuts)
  }
}
