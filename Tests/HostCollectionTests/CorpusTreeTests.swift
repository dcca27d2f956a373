internal import Foundation
internal import HostCollection
internal import HostModel
internal import Testing

/// Whole trees of other machines, where there is a folder with them.
@Suite("Corpus: trees of many machines")
struct CorpusTreeTests {
  private static let folder: URL = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let given = ProcessInfo.processInfo.environment["ZONEWISE_CORPUS"].map { URL(filePath: $0) }
    return (given ?? tests.appending(path: "../../shared/corpus").standardized)
      .appending(path: "trees")
  }()

  @Test("every tree is read, or refused with what is wrong with it")
  func trees() throws {
    guard FileManager.default.fileExists(atPath: Self.folder.path) else {
      print(
        """

        *** NOT TESTED: no trees at \(Self.folder.path): only our own booted hosts were read.
        *** Set ZONEWISE_CORPUS to the folder that holds trees/ of other machines.

        """
      )
      return
    }
    var read = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted() {
      let path = Self.folder.appending(path: name).path
      do throws(CollectionError) {
        guard case .host(let source) = try SourceFinder.find(path) else { continue }
        let snapshot = try HostCollector.collect(from: source)
        #expect(snapshot.zoneinfo.value != nil)
        read += 1
      } catch {
        print("  refused: \(error)")
        #expect(!error.description.isEmpty)
      }
    }
    print("corpus: \(read) trees read")
    #expect(read > 0)
  }
}
