internal import SourceText
internal import Testing

@Suite("Patterns of names")
struct NamePatternTests {
  @Test(
    "What the first group finds, or else the whole, where it begins first",
    arguments: [
      ("web", "db-web-1", "web"), ("^web", "db-web-1", nil), ("^([a-z]+)-", "web-17", "web"),
      ("[0-9]+$", "web-17", "17"), (#"\d+"#, "r12-17", "12"), (#"r(\d+)"#, "r12-17", "12"),
      ("a|ab", "ab", "a"), ("(a|ab)$", "ab", "ab"), ("(?:web|db)-(.)", "db-7", "7"),
      ("x*", "abc", ""), ("a+?", "aaa", "a"), ("a+", "aaa", "aaa"), ("a{2}", "aaa", "aa"),
      ("a{2,}", "aaaa", "aaaa"), ("a{1,2}?", "aaa", "a"), ("^a{0,2}$", "aaa", nil),
      ("[^-]+", "-web-", "web"), ("[]a]+", "x]a]", "]a]"), ("[a-c-]+", "z-ab-c", "-ab-c"),
      (#"[\d.]+"#, "v1.2", "1.2"), (#"\.example\.com$"#, "a.example.com", ".example.com"),
      (#"\w+"#, "--a_1-", "a_1"), (#"\W"#, "ab-c", "-"), (#"\S+"#, " ab", "ab"),
      ("^(rack)?(.*)$", "web", "web"), ("(a*)*b", "aab", "aa"), ("é.", "caféx", "éx"),
      ("", "x", nil), (".", "", nil), ("^$", "", ""),
    ]
  )
  func matches(pattern: String, name: String, found: String?) throws {
    guard !pattern.isEmpty else {
      #expect(throws: NamePattern.Mistake.self) { try NamePattern(pattern) }
      return
    }
    #expect(try NamePattern(pattern).first(in: name) == found)
  }

  @Test(
    "What is no pattern is refused, with the column",
    arguments: [
      ("web(", 4), ("web)", 4), ("a**", 3), ("*", 1), ("a|+", 3), ("[a", 1), ("x[b-a]", 3),
      (#"\"#, 1), (#"ab\1"#, 3), (#"\q"#, 1), ("(?=a)", 3), ("a{3,2}", 2), ("a{999}", 2),
      ("a{x}", 2), ("a{2", 2), ("^*", 2), (#"[\D]"#, 2),
    ]
  )
  func mistakes(pattern: String, column: Int) {
    let error = #expect(throws: NamePattern.Mistake.self) { try NamePattern(pattern) }
    #expect(error?.column == column, "\(pattern): \(error?.problem ?? "")")
  }

  @Test("Patterns that make others go back for ever take no longer than any")
  func bounded() throws {
    let name = String(repeating: "a", count: 2000) + "!"
    #expect(try NamePattern("^(a+)+$").first(in: name) == nil)
    #expect(try NamePattern("^(a|a)*(a|a)*(a|a)*$").first(in: name) == nil)
    #expect(throws: NamePattern.Mistake.self) {
      try NamePattern("(((((a{200}){200}){200}){200}){200})")
    }
    let deep = String(repeating: "(", count: 500) + String(repeating: ")", count: 500)
    #expect(throws: NamePattern.Mistake.self) { try NamePattern(deep) }
  }

  @Test("Whatever is typed is read or refused, and what is read can be searched for")
  func anything() {
    let letters = Array(#"ab01-.^$*+?()[]{}|\,:dwn"#)
    var seed: UInt64 = 7
    func next(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    var read = 0
    for _ in 0..<3000 {
      let text = String((0..<(1 + next(12))).map { _ in letters[next(letters.count)] })
      guard let pattern = try? NamePattern(text) else { continue }
      read += 1
      for name in ["", "a", "ab-01.b", "aaaa"] {
        if let found = pattern.first(in: name) { #expect(name.contains(found) || found.isEmpty) }
      }
    }
    #expect(read > 100)
  }
}
