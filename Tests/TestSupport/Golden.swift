internal import Foundation
public import Testing

/// Outputs that were agreed on. `UPDATE_GOLDEN=1` writes them anew: read the diff before you commit it.
public enum Golden {
  /// Whether this run writes them.
  public static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// Compares a text with a file of the repository, such as `Tests/Golden/blocks/6.1-big.txt`.
  public static func expect(
    _ actual: String,
    in path: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = Fixtures.checkout.appending(path: path)
    if isUpdating {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(actual.utf8).write(to: file)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    // Compared outside of the expectation: it would print both texts whole.
    let isSame = actual == expected
    #expect(
      isSame,
      "\(path) differs (UPDATE_GOLDEN=1 writes it anew): \(difference(actual, expected))",
      sourceLocation: sourceLocation
    )
  }

  /// The first lines that differ.
  private static func difference(_ actual: String, _ expected: String) -> String {
    let lines = actual.split(separator: "\n", omittingEmptySubsequences: false)
      .difference(from: expected.split(separator: "\n", omittingEmptySubsequences: false))
    return lines.prefix(6).map { change in
      switch change {
      case .insert(let line, let text, _): "\n+ \(line + 1): \(text)"
      case .remove(let line, let text, _): "\n- \(line + 1): \(text)"
      }
    }.joined()
  }
}
