internal import SourceText

/// Variables of a shell whose text in quotes goes over several lines: `KERNEL_ARGS="quiet \\`, and
/// what follows.
struct ShellTexts {
  let bytes: [UInt8]

  private static let longest = 8192

  /// The texts that are nothing but arguments, and where they are.
  func lists() -> (lists: [ArgumentList], covered: [Range<Int>]) {
    var lists: [ArgumentList] = []
    var covered: [Range<Int>] = []
    var end = 0
    for line in TextLine.lines(of: bytes) where line.range.lowerBound >= end {
      guard let open = opening(of: line),
        let close = bytes[(open + 1)...].prefix(Self.longest).firstIndex(of: bytes[open]),
        close > line.range.upperBound
      else { continue }
      let fragment = joined((open + 1)..<close)
      let name = bytes[line.range.lowerBound..<open]
      guard
        ArgumentText.isCommandLine(
          fragment.text,
          isNamed: LiteralLine.namesArguments(name)
        )
      else { continue }
      lists.append(ArgumentList(fragments: [fragment], isComplete: false))
      covered.append(line.range.lowerBound..<close)
      end = close
    }
    return (lists, covered)
  }

  /// The quote behind `NAME=`, where no other one follows on the line.
  private func opening(of line: TextLine) -> Int? {
    guard let equals = bytes[line.range].firstIndex(of: UInt8(ascii: "=")),
      equals + 1 < line.range.upperBound
    else { return nil }
    let quote = bytes[equals + 1]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      !bytes[(equals + 2)..<line.range.upperBound].contains(quote)
    else { return nil }
    // Only names and words such as export stand in front.
    let isName = bytes[line.range.lowerBound..<equals].allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || "_+ \t[]".utf8.contains(byte)
    }
    return isName ? equals + 1 : nil
  }

  /// A backslash and the line break behind it are nothing; what is put in stays opaque.
  private func joined(_ range: Range<Int>) -> ArgumentFragment {
    var text: [UInt8] = []
    var offsets: [Int] = []
    for index in range {
      let isContinued =
        bytes[index] == UInt8(ascii: "\\") && index + 1 < range.upperBound
        && bytes[index + 1] == 0x0A
      text.append(isContinued ? 0x20 : bytes[index])
      offsets.append(index)
    }
    return ArgumentFragment(
      text: String(decoding: text, as: UTF8.self),
      offsets: offsets + [range.upperBound]
    ).withoutTemplates
  }
}
