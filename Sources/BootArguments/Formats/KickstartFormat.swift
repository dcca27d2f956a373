internal import SourceText

extension KernelArgumentFormat {
  /// Kickstart files: `bootloader --append=`, of which there can be only one.
  static let kickstartFile = KernelArgumentFormat(
    name: "kickstart",
    title: "Kickstart (Anaconda)",
    documentation: FormatRow(
      recognizedBy: "`bootloader` at a line's start, with `--append`; a section `%pre` or `%post`",
      read: """
        `--append` of the first `bootloader` outside sections; commands in `%pre` and `%post` as \
        `text`
        """,
      notRead: "included files"
    ),
    markers: [.bootloader, .argument, .memorySetting],
    recognizes: { sample in
      sample.isPlainText
        && (sample.hasLine(beginning: "bootloader ", indented: false)
          && sample.text.firstRange(of: Array("--append".utf8)) != nil
          || ["%post", "%pre"].contains { sample.hasLine(beginning: $0, indented: false) }
            && sample.hasLine(beginning: "%end", indented: false))
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      let file = KickstartFile(file: sample.path, bytes: bytes)
      var list = try file.list()
      list.key = "bootloader"
      return [list] + file.scripts()
    }
  )
}

/// The `bootloader` command of a kickstart file.
private struct KickstartFile {
  let file: String
  let bytes: [UInt8]

  func list() throws(LocatedError) -> ArgumentList {
    var firstSection: Int?
    var inSection = false
    for line in TextLine.lines(of: bytes) {
      let word = line.word(at: 0)
      guard let first = word.first.map({ bytes[$0] }) else { continue }
      // What closes a template's tag is no section.
      if first == UInt8(ascii: "%"), word.count > 1,
        (0x61...0x7A).contains(bytes[word.lowerBound + 1])
      {
        let name = String(decoding: bytes[word], as: UTF8.self)
        inSection = name != "%end" && name != "%include" && name != "%ksappend"
        firstSection = firstSection ?? line.range.lowerBound
      }
      guard !inSection, bytes[word].elementsEqual("bootloader".utf8) else { continue }
      return try bootloader(line, from: word.upperBound)
    }
    guard let firstSection else {
      return ArgumentList(missing: .line(endOf: bytes) { "bootloader" + Self.option($0) })
    }
    return ArgumentList(
      missing: .text(at: firstSection) { "bootloader" + Self.option($0) + "\n" }
    )
  }

  /// Arguments in the commands of sections.
  func scripts() -> [ArgumentList] {
    var section: (title: String, start: Int)?
    var found: [ArgumentList] = []
    for line in TextLine.lines(of: bytes) {
      let word = line.word(at: 0)
      let name = bytes.text(word)
      if name == "%end", let open = section {
        found += Self.lists(in: open.start..<line.range.lowerBound, of: bytes, titled: open.title)
        section = nil
      } else if ["%pre", "%post", "%pre-install", "%firstboot"].contains(name) {
        section = (name, line.range.upperBound)
      }
    }
    return found
  }

  private static func lists(
    in range: Range<Int>,
    of bytes: [UInt8],
    titled title: String
  ) -> [ArgumentList] {
    LiteralText(bytes: Array(bytes[range])).lists().map { list in
      var list = list.mapped { $0 + range.lowerBound }
      list.title = title
      list.confidence = .found
      return list
    }
  }

  private static func option(_ arguments: [BootArgument]) -> String {
    " --append=\"" + arguments.line + "\""
  }

  private func bootloader(
    _ line: TextLine,
    from start: Int
  ) throws(LocatedError) -> ArgumentList {
    var position = start
    var end = start
    while true {
      position = skippingBlanks(position, in: line)
      guard position < line.range.upperBound, bytes[position] != UInt8(ascii: "#") else { break }
      if let value = try appendValue(at: position, in: line) {
        return ArgumentList(fragments: [value.fragment], isComplete: false)
      }
      let word = try value(at: position)
      position = max(word.position, position + 1)
      end = min(position, line.range.upperBound)
    }
    return ArgumentList(missing: .text(at: end) { Self.option($0) })
  }

  /// The value of `--append`, if that is what stands at a place.
  private func appendValue(
    at position: Int,
    in line: TextLine
  ) throws(LocatedError) -> ShellValue? {
    guard bytes[position...].starts(with: "--append".utf8) else { return nil }
    let nameEnd = position + "--append".utf8.count
    let separator = nameEnd < line.range.upperBound ? bytes[nameEnd] : 0x20
    let start = min(nameEnd + 1, line.range.upperBound)
    if separator == UInt8(ascii: "=") { return try value(at: start) }
    guard TextLine.isBlank(separator) else { return nil }
    let next = skippingBlanks(start, in: line)
    guard next < line.range.upperBound else {
      throw LocatedError(
        "--append has no value",
        at: SourceLocation(of: position, in: bytes, file: file)
      )
    }
    return try value(at: next)
  }

  private func value(at position: Int) throws(LocatedError) -> ShellValue {
    var value = ShellValue(bytes: bytes, position: position, file: file, expands: false)
    try value.read()
    return value
  }

  private func skippingBlanks(_ start: Int, in line: TextLine) -> Int {
    // A word in quotes may end lines below.
    guard start < line.range.upperBound else { return start }
    return bytes[start..<line.range.upperBound].firstIndex { !TextLine.isBlank($0) }
      ?? line.range.upperBound
  }
}
