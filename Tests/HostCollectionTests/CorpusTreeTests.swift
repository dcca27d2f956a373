internal import Foundation
internal import HostCollection
internal import HostModel
internal import TestSupport
internal import Testing

/// Whole trees of other machines, where there is a folder with them.
@Suite("Corpus: trees of many machines")
struct CorpusTreeTests {
  @Test("every tree is read, or refused with what is wrong with it", .needsCorpus)
  func trees() throws {
    var read = 0
    for path in Corpus.entries("trees").map(\.path) {
      do throws(CollectionError) {
        guard case .host(let source) = try SourceFinder.find(path) else { continue }
        let snapshot = try HostCollector.collect(from: source)
        #expect(snapshot.zoneinfo.value != nil)
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    print("corpus: \(read) trees read")
    #expect(read > 0)
  }
}
