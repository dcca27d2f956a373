internal import SourceText

extension KernelArgumentFormat {
  /// TuneD profiles: the `cmdline…` options of `[bootloader]`.
  static let tunedProfile = KernelArgumentFormat(
    name: "tuned",
    title: "TuneD profile",
    documentation: FormatRow(
      recognizedBy: "`[bootloader]` with `cmdline…`",
      read: "all `cmdline…` that add, continued lines too; `[sysctl]` as `sysctl`",
      notRead: "those that remove; variables"
    ),
    markers: .bootloaderSection,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "[bootloader]", indented: false)
        && sample.hasLine(beginning: "cmdline")
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var profile = TuneDProfile(file: sample.path, bytes: bytes)
      var list = try profile.list()
      list.key = "bootloader"
      return [list]
        + MemorySettings.list(MemorySettings(bytes: bytes).assignments(), titled: "[sysctl]")
    }
  )

  /// zonewise's own option, without a line break.
  static func tunedOption(_ arguments: [BootArgument]) -> String {
    "cmdline_zonewise=+" + arguments.line
  }
}

private struct TuneDProfile {
  let file: String
  let bytes: [UInt8]
  private var fragments: [ArgumentFragment] = []
  /// The piece of zonewise's own option.
  private var own: Int?
  private var section: String?
  /// Where the section of boot loader options ends.
  private var sectionEnd: Int?
  /// Whether an option is open, which an indented line goes on with, and whether it adds arguments.
  private var hasOption = false
  private var isAdding = false

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  mutating func list() throws(LocatedError) -> ArgumentList {
    for line in TextLine.lines(of: bytes) {
      let content = withoutComment(line.trimmed(from: line.range.lowerBound))
      guard let first = content.first.map({ bytes[$0] }), first != UInt8(ascii: "#"),
        first != UInt8(ascii: ";")
      else { continue }
      if first == UInt8(ascii: "[") {
        try beginSection(content)
      } else {
        guard section != nil else {
          throw failure(at: content.lowerBound, "expected a [section] before this")
        }
        try readOption(content, isIndented: content.lowerBound > line.range.lowerBound)
      }
      if section == "bootloader" { sectionEnd = line.range.upperBound }
    }
    return ArgumentList(fragments: fragments, isComplete: false, insertion: insertion)
  }

  private var insertion: ArgumentInsertion {
    if let own { return .fragment(own) }
    if let sectionEnd {
      return .text(at: sectionEnd) { "\n" + KernelArgumentFormat.tunedOption($0) }
    }
    return .line(endOf: bytes) { "\n[bootloader]\n" + KernelArgumentFormat.tunedOption($0) }
  }

  private mutating func beginSection(_ content: Range<Int>) throws(LocatedError) {
    guard let close = bytes[content].firstIndex(of: UInt8(ascii: "]")) else {
      throw failure(at: content.lowerBound, "this section name is never closed")
    }
    section = String(decoding: bytes[(content.lowerBound + 1)..<close], as: UTF8.self)
    (hasOption, isAdding) = (false, false)
  }

  private mutating func readOption(
    _ content: Range<Int>,
    isIndented: Bool
  ) throws(LocatedError) {
    if hasOption, isIndented {
      if isAdding { fragments.append(.verbatim(content, in: bytes)) }
      return
    }
    guard let equals = bytes[content].firstIndex(of: UInt8(ascii: "=")) else {
      throw failure(at: content.lowerBound, "expected option=value")
    }
    (hasOption, isAdding) = (true, false)
    let name = bytes[content.lowerBound..<equals].filter { !TextLine.isBlank($0) }
    guard section == "bootloader", name.starts(with: "cmdline".utf8) else { return }
    var value = TextLine(bytes: bytes, range: equals..<content.upperBound)
      .trimmed(from: equals + 1)
    guard value.first.map({ bytes[$0] }) != UInt8(ascii: "-") else { return }
    if let sign = value.first, bytes[sign] == UInt8(ascii: "+") {
      value = (sign + 1)..<value.upperBound
    }
    isAdding = true
    if name.elementsEqual("cmdline_zonewise".utf8) { own = fragments.count }
    fragments.append(.verbatim(value, in: bytes))
  }

  /// TuneD's reader takes a # behind a blank for a comment.
  private func withoutComment(_ range: Range<Int>) -> Range<Int> {
    let mark = range.dropFirst().first {
      bytes[$0] == UInt8(ascii: "#") && TextLine.isBlank(bytes[$0 - 1])
    }
    guard let mark else { return range }
    return TextLine(bytes: bytes, range: range.lowerBound..<mark).trimmed(from: range.lowerBound)
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
