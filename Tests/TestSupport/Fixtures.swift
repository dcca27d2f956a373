public import Foundation
internal import Synchronization

/// The files under Tests/Fixtures, as folders: what is packed there is unpacked once for each run.
///
/// `NAME.pack` and `NAME.tar` become the folder `NAME`; a `NAME.tar.gz` is what a user would hand over,
/// and stays as it is.
public enum Fixtures {
  /// Where the repository is.
  public static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of tests.
  public static let tests = checkout.appending(path: "Tests")

  /// A folder of Tests/Fixtures with everything in it unpacked, such as `Roots`. Read it only.
  public static func folder(_ group: String) -> URL {
    unpacked.withLock { groups in
      if let folder = groups[group] { return folder }
      let folder = home.appending(path: group)
      do {
        try unpack(tests.appending(path: "Fixtures").appending(path: group), into: folder)
      } catch {
        fatalError("Tests/Fixtures/\(group) can't be unpacked: \(error)")
      }
      groups[group] = folder
      return folder
    }
  }

  /// The path of a fixture, such as `Roots/6.12-two-nodes-kernelcore`.
  public static func path(_ name: String) -> String { url(name).path }

  /// The place of a fixture, such as `Roots/6.12-two-nodes-kernelcore`.
  public static func url(_ name: String) -> URL {
    let parts = name.split(separator: "/", maxSplits: 1)
    let folder = folder(String(parts[0]))
    return parts.count > 1 ? folder.appending(path: String(parts[1])) : folder
  }

  /// The bytes of a fixture's file.
  public static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url(name)))
  }

  /// The text of a fixture's file.
  public static func text(_ name: String) throws -> String {
    try String(contentsOf: url(name), encoding: .utf8)
  }

  /// What is in a folder of fixtures, sorted.
  public static func names(in folder: String) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path(folder))
        .filter { !$0.hasSuffix(".md") }.sorted()
    } catch {
      fatalError("no Tests/Fixtures/\(folder): \(error)")
    }
  }

  // MARK: Unpacking

  private static let unpacked = Mutex<[String: URL]>([:])

  /// Where this run unpacks: removed when it ends.
  private static let home: URL = {
    let home = FileManager.default.temporaryDirectory
      .appending(path: "zonewise-fixtures-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    } catch {
      fatalError("no folder for the fixtures: \(error)")
    }
    atexit { try? FileManager.default.removeItem(at: Fixtures.home) }
    return home
  }()

  private static func unpack(_ source: URL, into folder: URL) throws {
    let manager = FileManager.default
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in try manager.contentsOfDirectory(atPath: source.path) {
      let file = source.appending(path: name)
      let target = folder.appending(path: name)
      if name.hasSuffix(".pack") {
        let pack = try FolderPack(try Data(contentsOf: file))
        try pack.unpack(into: target.deletingPathExtension())
      } else if name.hasSuffix(".tar") {
        try unpackTar(file, into: target.deletingPathExtension())
      } else if (try file.resourceValues(forKeys: [.isDirectoryKey])).isDirectory == true {
        try unpack(file, into: target)
      } else {
        try Data(contentsOf: file).write(to: target)
      }
    }
  }

  private static func unpackTar(_ archive: URL, into folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let run = try ProgramRun(["tar", "-xf", archive.path, "-C", folder.path])
    guard run.status == 0 else { throw Unpacked.failed(run.errors) }
  }

  private enum Unpacked: Error { case failed(String) }
}
