internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import KernelText
internal import Testing

/// Trees and OOM reports of a test-data folder beside the project, where there is one.
@Suite("Corpus: hosts and OOM reports")
struct SourceCorpusTests {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["ZONEWISE_CORPUS"] {
      return URL(filePath: path)
    }
    return URL(filePath: #filePath).appending(path: "../../../../shared/corpus").standardized
  }()

  private func entries(_ name: String) -> [URL] {
    let folder = Self.folder.appending(path: name)
    let found = try? FileManager.default.contentsOfDirectory(
      at: folder,
      includingPropertiesForKeys: nil
    )
    guard let found, !found.isEmpty else {
      print("\n*** NOT TESTED: no corpus at \(folder.path). Set ZONEWISE_CORPUS to its folder.\n")
      return []
    }
    return found.sorted { $0.path < $1.path }
  }

  @Test("every tree is collected or refused with a reason")
  func trees() throws {
    for tree in entries("trees") {
      do throws(CollectionError) {
        guard case .host(let source) = try SourceFinder.find(tree.path) else { continue }
        let snapshot = try HostCollector.collect(from: source)
        print(
          "corpus: \(tree.lastPathComponent): \(snapshot.zoneinfo.value?.zones.count ?? 0) zones"
        )
      } catch {
        print("corpus: \(tree.lastPathComponent): refused: \(error)")
        #expect(error.description.contains("/"))
      }
    }
  }

  @Test("every OOM report is classified")
  func reports() throws {
    for file in entries("oom") where !file.lastPathComponent.hasSuffix(".md") {
      let bytes = [UInt8](try Data(contentsOf: file))
      do throws(ParseError) {
        let log = try OOMReportText.parse(bytes.span, file: file.lastPathComponent)
        let diagnosis = OOMDiagnostician.diagnose(log.report)
        print("corpus: \(file.lastPathComponent): \(diagnosis.cause.rawValue): \(diagnosis.answer)")
      } catch {
        print("corpus: refused: \(error)")
      }
    }
  }
}
