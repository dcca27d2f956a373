internal import SourceText

extension BootTarget {
  /// TuneD: a profile of its own, to be named behind the one in use.
  static let tuned = BootTarget(
    name: "tuned",
    title: "TuneD profile",
    place: "/etc/tuned/profiles/zonewise/tuned.conf (before TuneD 2.23: /etc/tuned/zonewise/)",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks) { argument in
      argument.word.hasPrefix("#") ? "TuneD takes what follows # for a comment" : nil
    },
    body: { request in
      """
      [main]
      summary=Memory zones as zonewise advises

      [bootloader]
      cmdline_zonewise=+\(request.line)

      """
    },
    apply: { _ in
      ["tuned-adm profile BASE zonewise", "# BASE is what tuned-adm active names", "# reboot"]
    },
    rollback: { _ in ["tuned-adm profile BASE", "# reboot"] },
    notes: { request in
      let going = request.removalWords
      guard !going.isEmpty else { return [] }
      return ["TuneD only adds: \(going.joined(separator: ", ")) must not be set elsewhere"]
    },
    parse: { (file, bytes) throws(LocatedError) in
      try TuneDProfile.parse(file: file, bytes)
    }
  )
}

/// The `cmdline…` options in the `[bootloader]` section of a TuneD profile.
enum TuneDProfile {
  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    var fragments: [BootFile.Fragment] = []
    var own: Int?
    var section: String?
    var sectionEnd: Int?
    // Whether an option is open, which an indented line goes on with, and whether it adds arguments.
    var hasOption = false
    var isAdding = false
    for line in TextLine.lines(of: bytes) {
      let content = withoutComment(line.trimmed(from: line.range.lowerBound), in: bytes)
      guard let first = content.first.map({ bytes[$0] }), first != UInt8(ascii: "#"),
        first != UInt8(ascii: ";")
      else { continue }
      if first == UInt8(ascii: "[") {
        guard let close = bytes[content].firstIndex(of: UInt8(ascii: "]")) else {
          throw failure(file, bytes, content.lowerBound, "this section name is never closed")
        }
        section = String(decoding: bytes[(content.lowerBound + 1)..<close], as: UTF8.self)
        if section == "bootloader" { sectionEnd = line.range.upperBound }
        (hasOption, isAdding) = (false, false)
        continue
      }
      guard section != nil else {
        throw failure(file, bytes, content.lowerBound, "expected a [section] before this")
      }
      if section == "bootloader" { sectionEnd = line.range.upperBound }
      if hasOption, content.lowerBound > line.range.lowerBound {
        if isAdding { fragments.append(.verbatim(content, in: bytes)) }
        continue
      }
      guard let equals = bytes[content].firstIndex(of: UInt8(ascii: "=")) else {
        throw failure(file, bytes, content.lowerBound, "expected option=value")
      }
      (hasOption, isAdding) = (true, false)
      let name = bytes[content.lowerBound..<equals].filter { !TextLine.isBlank($0) }
      guard section == "bootloader", name.starts(with: "cmdline".utf8) else { continue }
      var value = TextLine(bytes: bytes, range: equals..<content.upperBound).trimmed(
        from: equals + 1
      )
      guard value.first.map({ bytes[$0] }) != UInt8(ascii: "-") else { continue }
      if let sign = value.first, bytes[sign] == UInt8(ascii: "+") {
        value = (sign + 1)..<value.upperBound
      }
      isAdding = true
      if name.elementsEqual("cmdline_zonewise".utf8) { own = fragments.count }
      fragments.append(.verbatim(value, in: bytes))
    }
    let insertion: BootFile.Insertion =
      if let own {
        .fragment(own)
      } else if let sectionEnd {
        .text(at: sectionEnd) { "\n" + option($0) }
      } else {
        .text(at: bytes.count) { [needsBreak = bytes.last.map { $0 != 0x0A } ?? false] in
          (needsBreak ? "\n" : "") + "\n[bootloader]\n" + option($0) + "\n"
        }
      }
    return BootFile(file: file, bytes: bytes, fragments: fragments, insertion: insertion)
  }

  private static func option(_ arguments: [BootArgument]) -> String {
    "cmdline_zonewise=+" + arguments.map { $0.word }.joined(separator: " ")
  }

  /// TuneD's reader takes a # behind a blank for a comment.
  private static func withoutComment(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    let mark = range.dropFirst().first {
      bytes[$0] == UInt8(ascii: "#") && TextLine.isBlank(bytes[$0 - 1])
    }
    guard let mark else { return range }
    return TextLine(bytes: bytes, range: range.lowerBound..<mark).trimmed(from: range.lowerBound)
  }

  private static func failure(
    _ file: String,
    _ bytes: [UInt8],
    _ offset: Int,
    _ problem: String
  ) -> LocatedError {
    return LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
