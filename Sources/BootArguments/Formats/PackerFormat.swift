internal import SourceText

extension KernelArgumentFormat {
  /// Packer: what it types at a boot prompt, and whatever else its files say to a kernel.
  static let packer = KernelArgumentFormat(
    name: "packer",
    title: "Packer template",
    documentation: FormatRow(
      recognizedBy: "`boot_command` in a `.hcl` or `.json`",
      read: """
        `boot_command`, all of its strings as one text, up to each `<enter>`; the rest as `text` \
        and `yaml`
        """,
      notRead: "what variables put in"
    ),
    markers: .bootCommand,
    isLiteral: true,
    recognizes: { sample in
      sample.hasSuffix(".hcl", ".json") && !sample.markers.isDisjoint(with: .argument)
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      let typed = BootCommands(bytes: bytes).lists()
      let isJSON = sample.hasSuffix(".json")
      let rest =
        isJSON
        ? try KernelArgumentFormat.values.locate(sample, bytes)
        : try KernelArgumentFormat.literals.locate(sample, bytes)
      return typed + rest.filter { list in !typed.contains { $0.covers(list) } }
    }
  )
}

/// The texts of Packer's `boot_command`: strings that are typed one behind the other, with names of
/// keys in `<…>` among them.
private struct BootCommands {
  let bytes: [UInt8]

  func lists() -> [ArgumentList] {
    var lists: [ArgumentList] = []
    var start = 0
    while let range = bytes[start...].firstRange(of: Array("boot_command".utf8)) {
      start = range.upperBound
      let rest = bytes[start...].drop { ArgumentText.isBlank($0) || "\"=:".utf8.contains($0) }
      // A single string had its quote taken for the name's.
      let isList = rest.first == UInt8(ascii: "[")
      let open = isList ? rest.startIndex + 1 : bytes[start...].firstIndex(of: quote, behind: "=:")
      guard let open else { continue }
      let (text, end) = typed(from: open, isList: isList)
      start = max(start, end)
      lists += lines(text).compactMap(list)
    }
    return lists
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }

  /// Characters with their places; nil for the end of a line.
  private typealias Typed = [(byte: UInt8?, offset: Int)]

  private func typed(from start: Int, isList: Bool) -> (Typed, end: Int) {
    var text: Typed = []
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case quote:
        position = readString(at: position, into: &text)
        if !isList { return (text, position) }
      case UInt8(ascii: "]"): return (text, position + 1)
      case UInt8(ascii: "#"):
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      default: position += 1
      }
    }
    return (text, position)
  }

  private func readString(at start: Int, into text: inout Typed) -> Int {
    var position = start + 1
    while position < bytes.count, bytes[position] != quote, bytes[position] != 0x0A {
      if bytes[position] == UInt8(ascii: "<"),
        let close = bytes[position...].prefix(32).firstIndex(of: UInt8(ascii: ">"))
      {
        let key = bytes.text((position + 1)..<close).lowercased()
        if ["enter", "return", "esc", "f10"].contains(key) { text.append((nil, position)) }
        if key == "spacebar" { text.append((0x20, position)) }
        position = close + 1
        continue
      }
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
        let next = bytes[position + 1]
        text.append((next == UInt8(ascii: "n") ? nil : next, position))
        position += 2
        continue
      }
      text.append((bytes[position], position))
      position += 1
    }
    return min(position + 1, bytes.count)
  }

  private func lines(_ text: Typed) -> [Typed] {
    text.split { $0.byte == nil }.map(Array.init)
  }

  /// What follows the command and the image on a line that is typed.
  private func list(_ line: Typed) -> ArgumentList? {
    let whole = ArgumentFragment(
      text: String(decoding: line.compactMap(\.byte), as: UTF8.self),
      offsets: line.map(\.offset) + [(line.last?.offset ?? 0) + 1]
    ).withoutTemplates
    let text = Array(whole.text.utf8)
    let words = ArgumentText.words(text, 0..<text.count)
    let arguments = words.drop { !text[$0].contains(0x3D) && !ArgumentText.isFlag(text, $0) }
    guard let first = arguments.first, let last = arguments.last,
      arguments.contains(where: {
        ArgumentText.isKnown(text, $0) || ArgumentText.isFlag(text, $0)
      })
    else { return nil }
    return ArgumentList(
      title: "boot_command",
      fragments: [whole.slice(first.lowerBound..<last.upperBound, of: text)],
      isComplete: false
    )
  }
}

extension ArraySlice<UInt8> {
  /// The first quote behind a sign with nothing but blanks between them.
  fileprivate func firstIndex(of quote: UInt8, behind signs: String) -> Int? {
    guard let sign = firstIndex(where: { signs.utf8.contains($0) }) else { return nil }
    let rest = self[(sign + 1)...].drop { ArgumentText.isBlank($0) }
    return rest.first == quote ? rest.startIndex : nil
  }
}
