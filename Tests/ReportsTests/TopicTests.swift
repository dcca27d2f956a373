internal import Advice
internal import Reports
internal import Testing

@Suite("Topics")
struct TopicTests {
  @Test("Every rule that a topic names exists, and no word leads to two topics")
  func names() {
    var seen: [String: Topic] = [:]
    for topic in Topic.allCases {
      for code in topic.rules { #expect(RuleRegistry.find(code) != nil, "\(topic): \(code)") }
      for name in [topic.rawValue] + topic.aliases {
        #expect(seen[name] == nil, "\(name): \(topic) and \(String(describing: seen[name]))")
        seen[name] = topic
        #expect(Topic.named(name.uppercased()) == topic)
        // A rule of that name would never be explained.
        #expect(RuleRegistry.find(name) == nil, "\(name)")
      }
      #expect(!topic.title.isEmpty && !topic.paragraphs.isEmpty)
    }
  }
}
