internal import KernelText
internal import Testing

/// Lines on which a reader of logs once ended.
@Suite("What carries a log, in pieces")
struct BrokenWrapTests {
  @Test(
    "costs no more than its own line",
    arguments: [
      "- ''", " - ''", " ''", "''", "- '", "'", "- '--'", "--", "-", "''',",
      // Behind a record, a line of its variables that has nothing.
      "6,1120,16015906,-;a\n ''", "6,1120,16015906,-;a\n \n ",
      // A piece of a message whose beginning was passed on already.
      "6,1,2,-,ncfrag=0/1;a\n6,1,2,-,ncfrag=5/9;b\n6,1,2,-,ncfrag=0/9;", "6,1,2,-,ncfrag=9/;b",
      // An escape in the header, which is not decoded.
      "6,1,2,\\x41\\x41\\x41;\\x42", "6,1,2,\\x41;",
      "=", "&", "<", "</", "&#", "&#x110000;", "&#55296;", "\u{1B}", "\u{1B}[",
    ]
  )
  func lines(_ text: String) throws {
    let log = BootLogTextTests.messages.joined(separator: "\n") + "\n"
    let expected = try BootLogTextTests.read("x\n" + log)
    for blank in ["\n", "\n\n"] {
      let found = try BootLogTextTests.read(text + blank + log)
      #expect(
        LogWrapTests.differences(
          LogWrapTests.withoutLines(found),
          LogWrapTests.withoutLines(expected)
        ) == []
      )
    }
  }
}
