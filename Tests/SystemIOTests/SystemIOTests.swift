internal import Foundation
internal import Glibc
internal import SystemIO
internal import Testing

@Suite("Files, directories and child processes")
struct SystemIOTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "zonewise-io-\(UUID().uuidString)")

  private func inFolder(_ body: (String) throws -> Void) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("A file for its owner alone is so over a file that all may read")
  func ownerOnly() throws {
    try inFolder { folder in
      let path = folder + "/capture"
      try Data("old".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
      try AtomicFile.write([1], to: path)
      #expect(try mode(path) == 0o666)
      try AtomicFile.write([1], to: path, mode: .ownerOnly)
      #expect(try mode(path) == 0o600)
    }
  }

  @Test("A name that a killed process left behind is passed over and stays")
  func leftBehind() throws {
    try inFolder { folder in
      let path = folder + "/out"
      let stale = "\(path).zonewise-\(getpid())"
      try Data("theirs".utf8).write(to: URL(filePath: stale))
      try AtomicFile.write(Array("ours".utf8), to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "ours")
      #expect(try String(contentsOfFile: stale, encoding: .utf8) == "theirs")
    }
  }

  @Test("A listing tells a directory's end from a failure")
  func listing() throws {
    try inFolder { folder in
      #expect(try FileSystem.names(in: folder).isEmpty)
      try Data().write(to: URL(filePath: folder + "/a"))
      #expect(try FileSystem.names(in: folder) == ["a"])
      #expect(throws: ReadFailure.missing) { try FileSystem.names(in: folder + "/none") }
      #expect(throws: ReadFailure.missing) { try FileSystem.names(in: folder + "/a") }
    }
  }

  @Test("What is no file is not read, and what is longer than the limit is refused")
  func reading() throws {
    try inFolder { folder in
      var bytes: [UInt8] = [9]
      #expect(throws: ReadFailure.notAFile) {
        try FileSystem.read(folder, limit: 10, into: &bytes)
      }
      let path = folder + "/f"
      try Data([1, 2, 3]).write(to: URL(filePath: path))
      try FileSystem.read(path, limit: 3, into: &bytes)
      #expect(bytes == [1, 2, 3])
      #expect(throws: ReadFailure.tooLarge(limit: 2)) {
        try FileSystem.read(path, limit: 2, into: &bytes)
      }
      #expect(throws: ReadFailure.tooLarge(limit: 2)) { try ChunkReader(path).all(limit: 2) }
      #expect(try ChunkReader(path).all(limit: 3) == [1, 2, 3])
    }
  }

  @Test("A child's output is taken whole; one that fails or is not there is an error")
  func child() throws {
    let bytes = try ChildProcess.output("sh", ["-c", "head -c 300000 /dev/zero"])
    #expect(bytes.count == 300_000)
    #expect(throws: ChildProcess.Failure.self) { try ChildProcess.output("false", []) }
    let missing = #expect(throws: ChildProcess.Failure.self) {
      try ChildProcess.output("zonewise-no-such-program", [])
    }
    #expect(missing?.description == "zonewise-no-such-program: No such file or directory")
  }
}
