public import Foundation

/// A folder for one test, removed with the value that owns it.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Makes the folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "zonewise-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it, there or not.
  public func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, making the folders on its way.
  @discardableResult
  public func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> URL {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: file)
    return file
  }

  /// Writes a text file, making the folders on its way.
  @discardableResult
  public func write(_ name: String, _ text: String, executable: Bool = false) throws -> URL {
    guard executable else { return try write(name, text.utf8) }
    // By another process: a child that another test forks meanwhile would hold it open for writing,
    // and the kernel runs no file that is (ETXTBSY).
    let plain = try write(name + ".text", text.utf8)
    let file = url.appending(path: name)
    let install = Process()
    install.executableURL = URL(filePath: "/usr/bin/install")
    install.arguments = ["-m", "755", plain.path, file.path]
    try install.run()
    install.waitUntilExit()
    guard install.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    try FileManager.default.removeItem(at: plain)
    return file
  }

  /// The text of a file in it.
  public func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
  }

  /// What is in it, sorted.
  public func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }
}
