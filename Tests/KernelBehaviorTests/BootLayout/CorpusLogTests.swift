internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Testing

/// Boot logs of a test-data folder beside the project, where there is one.
@Suite("Corpus: boot logs of many kernels")
struct CorpusLogTests {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["ZONEWISE_CORPUS"] {
      return URL(filePath: path)
    }
    return URL(filePath: #filePath).appending(path: "../../../../../shared/corpus").standardized
  }()

  private static func logs() -> [URL] {
    let root = folder.appending(path: "bootlogs")
    let keys: [URLResourceKey] = [.isRegularFileKey]
    guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: keys)
    else { return [] }
    return walk.compactMap { $0 as? URL }
      .filter { (try? $0.resourceValues(forKeys: Set(keys)).isRegularFile) == true }
      .filter { !["md", "json", "tsv", "csv", "gz", "xz"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }

  @Test("the starts of every log that shows them are predicted")
  func starts() throws {
    guard FileManager.default.fileExists(atPath: Self.folder.path) else {
      print(
        """

        *** NOT TESTED: no corpus at \(Self.folder.path): boot logs were tried on our own only.
        *** Set ZONEWISE_CORPUS to the folder with the logs of other kernels.

        """
      )
      return
    }
    var matched = 0
    var plain = 0
    var undecided: [String] = []
    for file in Self.logs() {
      let bytes = [UInt8](try Data(contentsOf: file))
      let name = file.lastPathComponent
      do {
        let log = try BootLogText.parse(bytes.span, file: name)
        let inputs = try BootLayoutInputs(log: log)
        guard let line = inputs.commandLine else {
          undecided.append("\(name): no command line")
          continue
        }
        let layout = try inputs.predict(inputs.arguments(line))
        guard let agrees = inputs.agrees(layout) else {
          undecided.append("\(name): no printed starts")
          continue
        }
        #expect(
          agrees,
          """
          \(name): \(line)
          printed \(String(describing: inputs.observedStarts)), \
          predicted \(layout.nodes.map { "\($0.id): \(String(describing: $0.printedStart))" })
          \(inputs.assumptions)
          """
        )
        if layout.path == .none { plain += 1 } else { matched += 1 }
      } catch {
        undecided.append("\(name): \(error)")
      }
    }
    print("corpus: \(matched) logs with ZONE_MOVABLE, \(plain) without, undecided:")
    for reason in undecided { print("  \(reason)") }
  }
}
