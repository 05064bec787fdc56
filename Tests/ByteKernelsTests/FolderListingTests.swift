import ByteKernels
import FoundationEssentials
import TestSupport
import Testing

struct FolderListingTests {
  @Test func `files are listed in a folder, or in all below it`() throws {
    let folder = try ScratchFolder()
    for path in ["b/c", "a/d", "a"] { try FileSystem.makeFolder(folder.path(path)) }
    for path in ["b/c/1", "b/2", "a/.3", "4"] { try folder.write(path, [1]) }
    #expect(FileSystem.files(in: folder.path) == [folder.path("4")])
    #expect(
      FileSystem.filesBelow(folder.path)
        == ["4", "a/.3", "b/2", "b/c/1"].map { folder.path($0) })
    #expect(FileSystem.filesBelow(folder.path("none")).isEmpty)
  }

  @Test func `a folder that a link leads to again is listed once`() throws {
    let folder = try ScratchFolder()
    try FileSystem.makeFolder(folder.path("a"))
    try folder.write("a/1", [1])
    for (link, target) in [("a/self", "a"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(link), withDestinationPath: folder.path(target))
    }
    #expect(FileSystem.filesBelow(folder.path) == [folder.path("a/1")])
    #expect(FileSystem.filesBelow(folder.path("b")) == [folder.path("b/1")])
  }
}
