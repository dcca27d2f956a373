import SourceText
import Testing

@Suite("Texts of strangers, written into a format")
struct EscapingTests {
  @Test("XML: markup is spelt out, and what can't stand in XML is replaced")
  func xml() {
    #expect(XMLText.escaped("a<b & \"c\"\n") == "a&lt;b &amp; \"c\"\n")
    #expect(XMLText.escapedForAttributes("a>\"\n\t") == "a&gt;&quot;&#10;&#9;")
    #expect(XMLText.escaped("\u{1B}[1m\u{85}\u{FFFE}é") == "\u{FFFD}[1m\u{FFFD}\u{FFFD}é")
  }

  @Test("YAML: a quoted scalar is one line, and is read as the text that it was")
  func yaml() throws {
    let text = "a \"b\" \\ c\n\t\u{7}\u{85}\u{2028}\u{FEFF}é"
    let quoted = YAMLText.quoted(text)
    #expect(!quoted.unicodeScalars.contains { $0.isControl || $0 == "\u{2028}" })
    let document = try YAMLDocument("key: \(quoted)\n", file: "f", limit: 4096)
    let mapping = try YAMLMapping(document.root, allowed: ["key"])
    #expect(try mapping.text("key") == text)
  }

  @Test("a terminal: no control character is left")
  func terminal() {
    #expect("a\u{1B}[31m\u{9B}b\u{7F}\n".printable == "a?[31m?b??")
  }

  @Test("lines are broken at blanks, and a word that is too long stands alone")
  func wrapped() {
    #expect("one two\nthree".wrapped(7) == ["one two", "three"])
    #expect("a incomprehensible b".wrapped(4) == ["a", "incomprehensible", "b"])
    #expect("".wrapped(10) == [])
  }
}
