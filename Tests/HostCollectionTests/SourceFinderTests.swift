internal import HostCollection
internal import Testing

@Suite("Sources")
struct SourceFinderTests {
  @Test("a comment that speaks of the command line makes no boot log")
  func comment() {
    let text = "# append is the whole command line: keep root= too\nlabel a\n  append quiet\n"
    #expect(SourceFinder.head(Array(text.utf8)) == .other)
    #expect(SourceFinder.head(Array("[    0.000000] Command line: quiet\n".utf8)) == .bootLog)
  }

  @Test("A path that does not exist is named")
  func missing() {
    #expect(throws: CollectionError.sourceMissing("/nonexistent/zonewise")) {
      try SourceFinder.source("/nonexistent/zonewise")
    }
  }
}
