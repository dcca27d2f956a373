internal import SourceText

extension BootTarget {
  /// Kickstart: what Anaconda writes into the new system's boot loader.
  static let kickstart = BootTarget(
    name: "kickstart",
    title: "Kickstart (Anaconda)",
    place: "the kickstart file's bootloader command; there can be only one",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { "bootloader --append=\"\($0.line)\"\n" },
    apply: { _ in ["# install with this kickstart file"] },
    rollback: { _ in
      ["# take the arguments out of the file; on an installed system see --for grubby --rollback"]
    },
    parse: { (file, bytes) throws(LocatedError) in
      try KickstartFile.parse(file: file, bytes)
    }
  )
}

/// The `bootloader` command of a kickstart file.
enum KickstartFile {
  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    var firstSection: Int?
    var inSection = false
    for line in TextLine.lines(of: bytes) {
      let word = line.word(at: 0)
      guard let first = word.first.map({ bytes[$0] }) else { continue }
      if first == UInt8(ascii: "%") {
        let name = String(decoding: bytes[word], as: UTF8.self)
        inSection = name != "%end" && name != "%include" && name != "%ksappend"
        firstSection = firstSection ?? line.range.lowerBound
      }
      guard !inSection, bytes[word].elementsEqual("bootloader".utf8) else { continue }
      return try bootloader(file: file, bytes, line, from: word.upperBound)
    }
    let place = firstSection ?? bytes.count
    let needsBreak = place == bytes.count && bytes.last.map { $0 != 0x0A } ?? false
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: [],
      insertion: .text(at: place) { arguments in
        (needsBreak ? "\n" : "") + "bootloader" + option(arguments) + "\n"
      }
    )
  }

  private static func option(_ arguments: [BootArgument]) -> String {
    " --append=\"" + arguments.map { $0.word }.joined(separator: " ") + "\""
  }

  private static func bootloader(
    file: String,
    _ bytes: [UInt8],
    _ line: TextLine,
    from start: Int
  ) throws(LocatedError) -> BootFile {
    var position = start
    var end = start
    while true {
      while position < line.range.upperBound, TextLine.isBlank(bytes[position]) { position += 1 }
      guard position < line.range.upperBound, bytes[position] != UInt8(ascii: "#") else { break }
      let isAppend = bytes[position...].starts(with: "--append".utf8)
      let afterName = position + "--append".utf8.count
      let separator = afterName < line.range.upperBound ? bytes[afterName] : 0x20
      if isAppend, separator == UInt8(ascii: "=") || TextLine.isBlank(separator) {
        var valueStart = min(afterName + 1, line.range.upperBound)
        if separator != UInt8(ascii: "=") {
          while valueStart < line.range.upperBound, TextLine.isBlank(bytes[valueStart]) {
            valueStart += 1
          }
          guard valueStart < line.range.upperBound else {
            throw LocatedError(
              "--append has no value",
              at: SourceLocation(of: position, in: bytes, file: file)
            )
          }
        }
        var value = ShellValue(bytes: bytes, position: valueStart, file: file, expands: false)
        try value.read()
        return BootFile(
          file: file,
          bytes: bytes,
          fragments: [value.fragment],
          insertion: .fragment(0)
        )
      }
      var word = ShellValue(bytes: bytes, position: position, file: file, expands: false)
      try word.read()
      position = max(word.position, position + 1)
      end = min(position, line.range.upperBound)
    }
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: [],
      insertion: .text(at: end) { option($0) }
    )
  }
}
