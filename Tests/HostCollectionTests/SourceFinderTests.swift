internal import HostCollection
internal import Testing

@Suite("Sources")
struct SourceFinderTests {
  @Test("A path that does not exist is named")
  func missing() {
    #expect(throws: CollectionError.sourceMissing("/nonexistent/zonewise")) {
      try SourceFinder.source("/nonexistent/zonewise")
    }
  }
}
