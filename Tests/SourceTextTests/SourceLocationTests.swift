internal import SourceText
internal import Testing

@Suite("Places in texts")
struct SourceLocationTests {
  private static let mark = "\u{FEFF}"

  @Test(
    "A column counts scalars, a line ends at a line feed",
    arguments: [
      ("abc", 0, 1, 1),
      ("abc", 2, 1, 3),
      ("abc", 3, 1, 4),
      ("abc", 99, 1, 4),
      ("é€𝄞x", 2, 1, 2),
      ("é€𝄞x", 9, 1, 4),
      ("e\u{301}x", 3, 1, 3),
      ("\tx", 1, 1, 2),
      ("a\r\nb", 3, 2, 1),
      ("a\rb", 2, 1, 3),
      ("a\u{85}b\u{2028}c", 7, 1, 5),
      ("\u{FEFF}ab", 3, 1, 1),
      ("\u{FEFF}ab", 4, 1, 2),
      ("\u{FEFF}", 0, 1, 1),
      ("\u{FEFF}a\n\u{FEFF}b", 8, 2, 2),
      ("", 0, 1, 1),
    ]
  )
  func place(text: String, offset: Int, line: Int, column: Int) {
    let bytes = Array(text.utf8)
    let place = SourceLocation(of: offset, in: bytes, file: "f")
    #expect(place == SourceLocation(file: "f", line: line, column: column))
    #expect(SourceLocation.places(of: [offset], in: bytes, file: "f") == [place])
  }

  @Test("A text inside a file counts on from the file's lines")
  func firstLine() throws {
    let bytes = Array("a\nbé: {".utf8)
    let place = SourceLocation(of: 4, in: bytes, file: "f", firstLine: 7)
    #expect("\(place)" == "f:8:3")
    #expect(place.lineText == "f:8")
    let error = #expect(throws: LocatedError.self) {
      try YAMLDocument("a: 1\nb: [", file: "f", firstLine: 7)
    }
    #expect(error?.place.line == 9 || error?.place.line == 8)
  }

  @Test("The shown line is the one that the column counts in")
  func lineText() {
    let bytes = Array("\u{FEFF}é: 1\r\nb".utf8)
    #expect(SourceLocation(file: "f").line(in: bytes) == "é: 1")
    #expect(SourceLocation(file: "f", line: 2).line(in: bytes) == "b")
    #expect(SourceLocation(file: "f", line: 3).line(in: bytes) == nil)
  }

  /// A mistake behind `é` in each language that is read: all of them say column 6 or the same word's.
  @Test("Every reader counts alike")
  func readers() {
    func column(_ read: () throws -> Void) -> Int? {
      (#expect(throws: LocatedError.self) { try read() })?.place.column
    }
    let json = Array(#"{"é": ]"#.utf8)
    #expect(column { _ = try JSONText.parse(file: "f", json) } == 7)
    #expect(
      column {
        var reader = JSONReader(json, file: "f")
        try reader.object { (reader, _) throws(LocatedError) in _ = try reader.string() }
      } == 7
    )
    #expect(
      column {
        let root = try YAMLDocument("{é: {b: 1}}", file: "f").root
        _ = try YAMLMapping(try YAMLMapping(root, allowed: ["é"])["é"] ?? root, allowed: ["c"])
      } == 6
    )
    #expect(
      column {
        _ = try TOMLText.arrays(of: ["k"], otherwise: "no", file: "f", Array("k=[\"é\"x]".utf8))
      } == 7
    )
    #expect(column { _ = try XMLText.elements(file: "f", Array("<é></b>".utf8)) } == 4)
    var shell = ShellAssignments(bytes: Array("é; A='x".utf8), file: "f")
    #expect(column { _ = try shell.read(["A"]) } == 6)
  }

  @Test("A byte order mark moves no column of YAML")
  func byteOrderMark() throws {
    for lead in ["", Self.mark] {
      let root = try YAMLDocument(lead + "a: é\nb: {c: 1}\n", file: "f").root
      let entries = try #require(root.entries)
      #expect(entries.map { "\($0.key.place)" } == ["f:1:1", "f:2:1"])
      #expect(entries.map { "\($0.value.place)" } == ["f:1:4", "f:2:4"])
    }
  }

  @Test("Lines of YAML that no editor counts move no place")
  func lineSeparators() throws {
    let root = try YAMLDocument("a: \"x\u{2028}y\"\nb: [1,\n c: 2]\n", file: "f").root
    let entries = try #require(root.entries)
    #expect(entries.map { "\($0.key.place)" } == ["f:1:1", "f:2:1"])
    #expect(entries.map { "\($0.value.place)" } == ["f:1:4", "f:2:4"])
  }
}
