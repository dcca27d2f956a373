public import Foundation

/// Texts and trees of other people's machines, where there is a folder with them: `ZONEWISE_CORPUS`
/// names it, or it is `shared/corpus` beside the checkout.
public enum Corpus {
  /// Where it is, or would be.
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["ZONEWISE_CORPUS"] {
      return URL(filePath: path)
    }
    return Fixtures.checkout.appending(path: "../shared/corpus").standardized
  }()

  /// Whether there is one.
  public static let isThere = FileManager.default.fileExists(atPath: folder.path)

  /// What is in a folder of it, sorted; what describes the corpus itself is left out.
  public static func entries(_ name: String) -> [URL] {
    let folder = folder.appending(path: name)
    let found = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (found ?? []).sorted().filter { !$0.hasSuffix(".md") && !$0.hasSuffix(".tsv") }
      .map { folder.appending(path: $0) }
  }

  /// All regular files below a folder of it, sorted.
  public static func files(below name: String = "") -> [URL] {
    let keys: [URLResourceKey] = [.isRegularFileKey]
    let root = name.isEmpty ? folder : folder.appending(path: name)
    guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: keys)
    else { return [] }
    return walk.compactMap { $0 as? URL }
      .filter { (try? $0.resourceValues(forKeys: Set(keys)).isRegularFile) == true }
      .sorted { $0.path < $1.path }
  }
}
