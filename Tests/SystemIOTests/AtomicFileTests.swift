internal import Foundation
internal import Glibc
internal import SystemIO
internal import Testing

@Suite("Files that are there whole or not at all")
struct AtomicFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "zonewise-atomic-\(UUID().uuidString)")

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("Nothing is at the place until the file is committed, and nothing is left of one given up")
  func commit() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "out").path
    func write(commits: Bool) throws {
      let file = try AtomicFile(path)
      for part in ["first ", "second"] { try file.write(Array(part.utf8)) }
      #expect(!FileManager.default.fileExists(atPath: path))
      if commits { try file.commit() }
    }
    try write(commits: false)
    #expect(try names() == [])
    try write(commits: true)
    #expect(try names() == ["out"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "first second")
  }

  @Test("A link in its place is refused, and what it points to stays as it is")
  func link() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appending(path: "target")
    try Data("old".utf8).write(to: target)
    let link = folder.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    #expect(throws: AtomicFile.Failure.self) { _ = try AtomicFile(link.path) }
    #expect(throws: AtomicFile.Failure.self) { try AtomicFile.write([1], to: link.path) }
    #expect(try String(contentsOf: target, encoding: .utf8) == "old")
    #expect(try names() == ["link", "target"])
  }

  @Test("A file keeps its mode, its owner and its other names' contents")
  func replaced() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "out").path
    try AtomicFile.write(Array("old".utf8), to: path)
    try #require(unsafe chmod(path, 0o640) == 0)
    if geteuid() == 0 { try #require(unsafe chown(path, 12, 34) == 0) }
    try FileManager.default.linkItem(atPath: path, toPath: path + "-too")
    try AtomicFile.write(Array("new".utf8), to: path)
    var status = stat()
    try #require(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o640)
    if geteuid() == 0 { #expect(status.st_uid == 12 && status.st_gid == 34) }
    #expect(try String(contentsOfFile: path + "-too", encoding: .utf8) == "old")
    try AtomicFile.write(Array("own".utf8), to: path, mode: .ownerOnly)
    try #require(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o600 && status.st_uid == geteuid())
    #expect(try names() == ["out", "out-too"])
  }
}
