internal import CLibFuzzer
internal import Glibc

// fuzz TARGET [libFuzzer's options and folders]; README.md lists the targets.

let name = CommandLine.arguments.dropFirst().first ?? ""
let named = FuzzTarget(rawValue: name)
if named == nil {
  let names = FuzzTarget.allCases.map { $0.rawValue }.joined(separator: "|")
  print("usage: fuzz \(names) [options] [folder]")
  exit(64)
}
let target = named ?? .shard
let input = InputSlot()

/// What libFuzzer calls; a C function, so it captures nothing.
func test(_ data: UnsafePointer<UInt8>?, _ byteCount: Int) -> Int32 {
  // SAFETY: libFuzzer gives `byteCount` bytes, which are copied at once.
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: byteCount))
  target.test(bytes, in: input)
  return 0
}

// The first argument is ours; the arguments stay alive as long as the process.
var count = CommandLine.argc - 1
var arguments = unsafe UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?(
  CommandLine.unsafeArgv + 1)
unsafe CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
exit(unsafe LLVMFuzzerRunDriver(&count, &arguments, test))
