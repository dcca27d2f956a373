internal import Advice
internal import Profiles
internal import SourceText
internal import TestSupport
internal import Testing

@Suite("Profiles that are wrong")
struct HostileProfileTests {
  private static let head = "schema: 1\nname: mine\ntitle: Mine\n"

  private func refusal(_ text: String) -> LocatedError? {
    do throws(LocatedError) {
      _ = try ProfileReader.read(text, file: "mine.yaml")
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "are refused with the place and what to do",
    arguments: [
      ("", 1, 1, "the file is empty"),
      ("# only words\n", 1, 1, "the file is empty"),
      ("[]\n", 1, 1, "expected a mapping"),
      ("name: mine\n", 1, 1, "key schema is missing"),
      ("schema: 2\n", 1, 9, "schema must be a whole number from 1 to 1"),
      ("schema: 1\nname: mine\n", 1, 1, "key title is missing"),
      ("schema: 1\nname: Mine\ntitle: x\n", 2, 7, "lower-case letters"),
      ("schema: 1\nname: suggest\ntitle: x\n", 2, 7, "lower-case letters"),
      (head + "limit: 1\n", 4, 1, "unknown key limit; known here: schema, name, title"),
      (head + "limits: 3\n", 4, 9, "expected a mapping"),
      (head + "limits:\n  fine: \"3:1\"\n", 5, 3, "key why is missing"),
      (head + "limits:\n  fine: three\n  why: x\n", 5, 9, "fine must be a ratio such as 3:1"),
      (head + "limits:\n  fine: \"5:1\"\n  why: x\n", 5, 3, "warning must not be below fine"),
      (head + "margin:\n  percent: -1\n  why: x\n", 5, 12, "whole number from 0 to 1000"),
      (head + "margin:\n  minimum: much\n  why: x\n", 5, 12, "a size such as 512MiB"),
      (head + "horizonDays: 0\n", 4, 14, "whole number from 1 to 3650"),
      (head + "growth:\n  slab: {percent: 1, why: x}\n", 5, 3, "unknown key slab; known here"),
      (head + "growth:\n  percpu: {why: x}\n", 5, 11, "needs percent or floor"),
      (head + "growth:\n  percpu: {floor: 2/1, why: x}\n", 5, 19, "a share of memory"),
      (head + "growth:\n  percpu: {floor: 1/0, why: x}\n", 5, 19, "a share of memory"),
      (head + "planned: 3\n", 4, 10, "planned must be a list"),
      (head + "planned:\n- {name: a, per: host, why: x}\n", 5, 3, "either size or share"),
      (head + "planned:\n- {name: a, size: 1MiB, per: day, why: x}\n", 5, 30, "host, node or cpu"),
      (head + "goal:\n  movable: some\n  why: x\n", 5, 12, "none, max, a size"),
      (head + "extends: nothing\n", 4, 10, "no profile nothing; there are"),
      (head + "extends: kvm-host\n", 4, 10, "extends none"),
      (head + "selectors: {}\n", 4, 12, "selectors must be a list"),
      (head + "selectors:\n- {points: 5, why: x}\n", 5, 12, "a selector has one of module"),
      (head + "selectors:\n- {module: a, why: x}\n", 5, 3, "key points is missing"),
      (head + "selectors:\n- {module: a, config: B, points: 5, why: x}\n", 5, 23, "has one of"),
      (head + "selectors:\n- {device: tape, points: 5, why: x}\n", 5, 12, "must be one of rdma"),
      (head + "selectors:\n- {meminfo: Mapped, points: 5, why: x}\n", 5, 3, "atLeast is missing"),
      (head + "selectors:\n- {module: a, is: b, points: 5, why: x}\n", 5, 19, "only a setting"),
      (head + "name: again\n", 4, 1, "key name appears twice"),
      (head + "\tlimits: 3\n", 4, 1, "tab"),
      (head + "why: &a [x]\nreferences: *a\n", 4, 6, "anchors and aliases are not allowed"),
      (head + "---\nschema: 1\n", 4, 1, "another document"),
      (head + "why: [\n", 5, 1, ""),
    ]
  )
  func refused(text: String, line: Int, column: Int, message: String) throws {
    let error = try #require(refusal(text))
    #expect(error.message.contains(message) || message.isEmpty, "\(error)")
    #expect(error.place.line == line && error.place.column == column, "\(error)")
    #expect("\(error)".hasPrefix("mine.yaml:\(line):\(column): "))
  }

  @Test("A bomb of aliases is refused at its first anchor, at once")
  func aliasBomb() throws {
    var text = Self.head + "why: &a [x, x, x, x, x, x, x, x, x]\n"
    for (previous, next) in zip("abcdefghij", "bcdefghijk") {
      let parts = Array(repeating: "*\(previous)", count: 9).joined(separator: ", ")
      text += "k\(next): &\(next) [\(parts)]\n"
    }
    let error = try #require(refusal(text))
    #expect(error.message.contains("anchors"))
    #expect(error.place.line == 4)
  }

  @Test(
    "Deep nesting, large texts and other encodings end in a message",
    arguments: [
      LongText(String(repeating: "[", count: 60_000)),
      LongText(String(repeating: "- ", count: 60_000)),
      LongText(String(repeating: "{a: ", count: 60_000)),
      LongText(String(repeating: "# words\n", count: 20 << 17)),
      LongText(String(repeating: "\u{FFFD}", count: 100)),
      "s\0c\0h\0e\0m\0a\0",
      "\u{FFFD}\u{FFFD}s\0c\0h\0e\0m\0a\0:\0 \01\0",
      LongText(String(repeating: "a: b\n", count: 10_000)),
    ]
  )
  func hostile(text: LongText) {
    let isRefused = refusal(text.text) != nil
    #expect(isRefused)
  }
}
