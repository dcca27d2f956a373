internal import SourceText

/// Elements of XML whose text is nothing but arguments over several lines: `<append>` of AutoYaST,
/// `<bootargs>` of hypervisors. What stands in one line is found as any text in brackets is.
struct XMLElements {
  let bytes: [UInt8]

  private static let longestTag = 256

  func lists() -> [ArgumentList] {
    var found: [ArgumentList] = []
    var start = 0
    while let open = bytes[start...].firstIndex(of: UInt8(ascii: "<")) {
      start = open + 1
      guard
        let close = bytes[start...].prefix(Self.longestTag).firstIndex(of: UInt8(ascii: ">")),
        LiteralLine.namesArguments(bytes[start..<close].prefix { !ArgumentText.isBlank($0) }),
        let end = bytes[close...].prefix(ArgumentText.limit).firstIndex(of: 0x3C),
        bytes[end...].dropFirst().first == UInt8(ascii: "/")
      else { continue }
      let content = (close + 1)..<end
      start = end
      guard bytes[content].contains(0x0A),
        ArgumentText.isCommandLine(bytes.text(content), isNamed: true)
      else { continue }
      found.append(ArgumentList(fragments: [.line(content, in: bytes)], isComplete: false))
    }
    return found
  }
}
