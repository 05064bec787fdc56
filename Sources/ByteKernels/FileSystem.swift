internal import Glibc

/// The few questions asked of the file system, answered without Foundation.
package enum FileSystem {
  /// What is known of a file without reading it.
  package struct Status: Sendable, Equatable {
    package let byteCount: Int
    package let isDirectory: Bool
    package let isRegularFile: Bool
  }

  /// Nil when nothing is there.
  package static func status(_ path: String) -> Status? {
    var status = stat()
    // SAFETY: `status` outlives the call that fills it.
    guard unsafe stat(path, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    return Status(
      byteCount: Int(status.st_size), isDirectory: kind == S_IFDIR, isRegularFile: kind == S_IFREG)
  }

  /// A file on this machine, whatever the names and links that lead to it.
  package struct Identity: Hashable, Sendable {
    let device: UInt
    let number: UInt
  }

  /// Nil when nothing is there.
  package static func identity(_ path: String) -> Identity? {
    var status = stat()
    // SAFETY: `status` outlives the call that fills it.
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
  }

  /// What changes when a file is replaced or written to: its number and when it was written last; nil
  /// when nothing is there.
  package static func revision(_ path: String) -> String? {
    var status = stat()
    // SAFETY: `status` outlives the call that fills it.
    guard unsafe stat(path, &status) == 0 else { return nil }
    return "\(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// The paths a pattern matches, in byte order; a path that is there stands for itself, so a file
  /// whose name holds `*` or `[` can be named.
  package static func expand(_ pattern: String) -> [String] {
    if status(pattern) != nil { return [pattern] }
    var matches = unsafe glob_t()
    // SAFETY: glob fills `matches`, which globfree empties; each path is copied in between.
    defer { unsafe globfree(&matches) }
    guard unsafe glob(pattern, GLOB_NOSORT, nil, &matches) == 0 else { return [] }
    var paths: [String] = []
    for index in 0..<Int(unsafe matches.gl_pathc) {
      if let path = unsafe matches.gl_pathv[index] { paths.append(unsafe String(cString: path)) }
    }
    return inByteOrder(paths)
  }

  private static func inByteOrder(_ paths: [String]) -> [String] {
    paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// The regular files directly in a folder, in byte order of their names.
  package static func files(in folder: String) -> [String] {
    paths(in: folder).filter { status($0)?.isRegularFile == true }
  }

  /// The regular files in a folder and in the folders below it, in byte order of their paths.
  ///
  /// A folder that links lead to again, or in a circle, is listed once, where it comes first. Folders nested
  /// deeper than 16 are left out.
  package static func filesBelow(_ folder: String) -> [String] {
    var seen: Set<Identity> = []
    return inByteOrder(filesBelow(folder, depth: 16, &seen))
  }

  private static func filesBelow(
    _ folder: String, depth: Int, _ seen: inout Set<Identity>
  ) -> [String] {
    guard let identity = identity(folder), seen.insert(identity).inserted else { return [] }
    var files: [String] = []
    for path in paths(in: folder) {
      guard let status = status(path) else { continue }
      if status.isRegularFile { files.append(path) }
      if status.isDirectory, depth > 0 { files += filesBelow(path, depth: depth - 1, &seen) }
    }
    return files
  }

  /// What is directly in a folder, in byte order of the names.
  private static func paths(in folder: String) -> [String] {
    // SAFETY: the stream is closed before it goes out of scope; each name is copied at once.
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var paths: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { paths.append("\(folder)/\(name)") }
    }
    return inByteOrder(paths)
  }

  /// Makes a folder and those above it; one that is there already is fine.
  package static func makeFolder(_ path: String) throws(FileError) {
    if path.isEmpty || status(path)?.isDirectory == true { return }
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
    if unsafe mkdir(path, 0o755) != 0, errno != EEXIST {
      throw FileError.current("make folder", path)
    }
  }

  /// Gives a file a second name on the same disk; what has that name already is replaced.
  package static func link(_ path: String, at second: String) throws(FileError) {
    removeFile(second)
    if unsafe Glibc.link(path, second) != 0 { throw FileError.current("link", second) }
  }

  /// Gives a file another name on the same disk; what has that name already is replaced.
  package static func rename(_ path: String, to other: String) throws(FileError) {
    if unsafe Glibc.rename(path, other) != 0 { throw FileError.current("rename", other) }
  }

  /// Removes a file; one that is not there is fine.
  package static func removeFile(_ path: String) {
    unsafe unlink(path)
  }

  /// Removes a folder with nothing in it; any other, or none, is left.
  package static func removeEmptyFolder(_ path: String) {
    unsafe rmdir(path)
  }

  /// The path from the root, without `.` and `..`; links are left as they are.
  package static func absolute(_ path: String) -> String {
    if path == "-" { return path }
    var components: [Substring] = []
    for component in rooted(path).split(separator: "/") where component != "." {
      if component == ".." { _ = components.popLast() } else { components.append(component) }
    }
    return "/" + components.joined(separator: "/")
  }

  /// The path from the root with all links followed; nil when nothing is there.
  package static func resolved(_ path: String) -> String? {
    // SAFETY: realpath allocates the string it returns, which is copied and freed.
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  private static func rooted(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    // SAFETY: getcwd allocates the string it returns, which is copied and freed.
    guard let folder = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(folder) }
    return unsafe String(cString: folder) + "/" + path
  }

  /// Where files that nobody else needs are made: `TMPDIR`, or else `/tmp`.
  package static var temporaryFolder: String {
    // SAFETY: getenv gives a NUL-terminated string or nil; it is copied at once.
    guard let folder = unsafe getenv("TMPDIR") else { return "/tmp" }
    return unsafe String(cString: folder)
  }

  /// The last component of a path.
  package static func baseName(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// Makes the names in a folder durable: a rename survives a power cut only after this.
  package static func flushFolder(_ path: String) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
