internal import SourceText
internal import Testing

@Suite("CSV")
struct CSVTextTests {
  private func lines(_ text: String) throws -> [[String]] {
    var reader = CSVText(Array(text.utf8), file: "t.csv")
    var lines: [[String]] = []
    while let cells = try reader.next() { lines.append(cells.map(\.text)) }
    return lines
  }

  @Test("Values, quoted or not, with any end of line")
  func values() throws {
    #expect(
      try lines("host,rack\r\na,1\n\n\"b,\"\"c\"\"\nd\",\r\ne,") == [
        ["host", "rack"], ["a", "1"], ["b,\"c\"\nd", ""], ["e", ""],
      ]
    )
    #expect(try lines("\u{FEFF}host,x\rb,2") == [["host", "x"], ["b", "2"]])
    #expect(try lines("") == [])
    #expect(try lines("\n\r\n") == [])
  }

  @Test(
    "What is wrong is said with line and column, counted in characters",
    arguments: [
      ("a,b\né,\"x", "t.csv:2:3: a quote that nothing closes"),
      ("a\né\"b", "t.csv:2:2: a quote inside a value"), ("\"a\"b,c", "t.csv:1:4: something behind"),
      ("\"x\ny\",\"z", "t.csv:2:4: a quote that nothing closes"),
    ]
  )
  func mistakes(text: String, message: String) {
    let error = #expect(throws: LocatedError.self) { try lines(text) }
    let place = message.prefix { $0 != " " }
    #expect(error?.description.hasPrefix(place) == true, "\(error?.description ?? "")")
  }

  @Test("What is not UTF-8 is refused where it stands")
  func bytes() {
    var reader = CSVText(Array("a,".utf8) + [0xFF, 0x0A], file: "t.csv")
    let error = #expect(throws: LocatedError.self) { try reader.next() }
    #expect(error?.description == "t.csv:1:3: a value that is not UTF-8")
  }
}
