import Testing

@testable import SourceText

@Suite("YAML")
struct YAMLTextTests {
  private func documents(_ text: String) throws -> [YAMLTree] {
    try YAMLText(file: "f.yaml", Array(text.utf8)).documents
  }

  private func problem(_ text: String, isSingle: Bool = false) -> String? {
    do {
      _ = try YAMLText(file: "f.yaml", Array(text.utf8), isSingle: isSingle)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("A scalar is the text that it is, whatever type other readers give it")
  func scalars() throws {
    let root = try #require(try documents("a: 0x10\nb: \"null\"\nc: ~\nd:\n").first)
    let pairs = try #require(root.mapping)
    #expect(pairs.map { $0.value.scalar?.string } == ["0x10", "null", "~", ""])
    #expect(pairs.map(\.value.isNull) == [false, false, true, true])
  }

  @Test("An alias is the node that it stands for, not a copy")
  func alias() throws {
    let root = try #require(try documents("a: &x [1, 2]\nb: *x\n").first?.mapping)
    #expect(root[0].value === root[1].value)
    #expect(root[0].value.hasAnchor)
    #expect(problem("a: *x\n")?.hasPrefix("f.yaml:1:4:") == true)
  }

  @Test("Aliases that stand for gigabytes cost no more than their text")
  func multiplied() throws {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...60 {
      text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    #expect(try documents(text).count == 1)
    #expect(problem(text, isSingle: true)?.contains("anchors and aliases") == true)
  }

  @Test("A key that is there twice is refused where it is there again")
  func twice() {
    #expect(problem("a: 1\nb: 2\na: 3\n") == "f.yaml:3:1: key a appears twice")
  }

  @Test("Anchors end with their document")
  func severalDocuments() throws {
    #expect(try documents("a: 1\n---\nb: 2\n").count == 2)
    #expect(problem("a: &x 1\n---\nb: *x\n")?.hasPrefix("f.yaml:3:4:") == true)
    #expect(problem("a: 1\n---\nb: 2\n", isSingle: true)?.contains("another document") == true)
  }

  @Test("Depth is bounded", arguments: ["[", "{a: ", "- "])
  func depth(_ open: String) {
    let text = String(repeating: open, count: 5000)
    #expect(problem(text) != nil)
  }

  @Test("Places count characters, also behind a byte order mark and in lines that are not ASCII")
  func places() {
    #expect(problem("\u{FEFF}a: [1\nb: 2\n")?.hasPrefix("f.yaml:2:") == true)
    #expect(problem("äöü: 1\näöü: 2\n") == "f.yaml:2:1: key äöü appears twice")
    #expect(problem("a: 1\nb: \u{7}\n")?.hasPrefix("f.yaml:2:4:") == true)
  }
}
