internal import Profiles
internal import Testing

@Suite("Hostile profiles")
struct HostileProfileTests {
  private func refusal(_ text: String) -> YAMLError? {
    do throws(YAMLError) {
      _ = try ProfileReader.read(text, file: "p.yaml")
      return nil
    } catch {
      return error
    }
  }

  @Test("a few lines that stand for gigabytes are refused at their first anchor")
  func aliases() throws {
    var text = "schema: 1\nname: x\ntitle: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      let part = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "key\(level): &a\(level) [\(part)]\n"
    }
    let error = try #require(refusal(text))
    #expect(error.description == "p.yaml:3:8: anchors and aliases are not allowed here")
  }

  @Test("nesting without an end is refused, not followed")
  func nesting() throws {
    let error = try #require(refusal("why: " + String(repeating: "[", count: 100_000)))
    #expect(error.message.contains("nesting"))
    #expect(error.line == 1)
  }

  @Test("a text cut anywhere is taken or refused, and never traps")
  func truncated() throws {
    let text = try #require(EmbeddedProfiles.text("general"))
    for end in stride(from: 0, to: text.count, by: 5) {
      if let error = refusal(String(text.prefix(end))) {
        #expect(error.line >= 1 && error.column >= 1)
      }
    }
  }
}
