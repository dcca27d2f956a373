internal import SourceText

extension KernelArgumentFormat {
  /// grub.cfg, its custom parts, and grubenv: a command line per menu entry, and `kernelopts`.
  static let grubConfig = KernelArgumentFormat(
    name: "grub.cfg",
    title: "GRUB configuration (grub.cfg, grubenv)",
    documentation: FormatRow(
      recognizedBy: "`menuentry` with `linux`, `set kernelopts=`, a GRUB environment block",
      read: "a line for each entry: `linux`, `linux16`, `linuxefi`; `kernelopts`",
      notRead: "what variables and templates put in"
    ),
    markers: [.menuEntry, .kernelOpts],
    recognizes: { sample in
      // A script that prints itself is a part of grub.cfg.
      guard sample.isPlainText || sample.text.firstRange(of: Array("exec tail".utf8)) != nil else {
        return false
      }
      return sample.text.starts(with: "# GRUB Environment Block".utf8)
        || sample.hasLine(beginning: "menuentry ") && sample.hasLine(beginning: "linux")
        || sample.hasLine(beginning: "set kernelopts=")
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var reader = GRUBConfig(
        file: sample.path,
        bytes: sample.isTemplate ? TemplateText.masked(bytes) : bytes
      )
      return try reader.read()
    }
  )
}

/// GRUB's script, as far as its `linux` commands take.
private struct GRUBConfig {
  let file: String
  let bytes: [UInt8]
  private var lists: [ArgumentList] = []
  private var title: String?

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  mutating func read() throws(LocatedError) -> [ArgumentList] {
    let isEnvironment = bytes.starts(with: "# GRUB Environment Block".utf8)
    var end = 0
    for line in TextLine.lines(of: bytes) where line.range.lowerBound >= end {
      let key = line.word(at: 0)
      if isEnvironment {
        let name = Array("kernelopts=".utf8)
        guard bytes[line.range].starts(with: name) else { continue }
        let value = line.trimmed(from: line.range.lowerBound + name.count)
        lists.append(ArgumentList(title: "kernelopts", fragments: [.verbatim(value, in: bytes)]))
        continue
      }
      switch String(decoding: bytes[key], as: UTF8.self) {
      case "menuentry": title = try word(from: key.upperBound, of: line)
      case "linux", "linux16", "linuxefi", "linuxxen":
        end = try readCommand(from: key.upperBound)
      case "set": try readAssignment(from: key.upperBound, of: line)
      default: continue
      }
    }
    return lists
  }

  private func word(from start: Int, of line: TextLine) throws(LocatedError) -> String? {
    let content = line.trimmed(from: start)
    guard !content.isEmpty else { return nil }
    var value = ShellValue(bytes: bytes, position: content.lowerBound, file: file)
    try value.read()
    return String(decoding: value.text.map { $0 == 1 ? UInt8(ascii: "*") : $0 }, as: UTF8.self)
  }

  /// The words behind the kernel's file, up to the end of the command.
  private mutating func readCommand(from start: Int) throws(LocatedError) -> Int {
    var fragments: [ArgumentFragment] = []
    var position = start
    while true {
      while position < bytes.count, TextLine.isBlank(bytes[position]) { position += 1 }
      guard position < bytes.count, !"\n\r;}#".utf8.contains(bytes[position]) else { break }
      var value = ShellValue(bytes: bytes, position: position, file: file)
      try value.read()
      fragments.append(value.fragment)
      position = max(value.position, position + 1)
    }
    // Without any argument it is no Linux but a memory test.
    if fragments.count > 1 {
      lists.append(ArgumentList(title: title, fragments: Array(fragments.dropFirst())))
    }
    return position
  }

  private mutating func readAssignment(
    from start: Int,
    of line: TextLine
  ) throws(LocatedError) {
    let content = line.trimmed(from: start)
    let name = Array("kernelopts=".utf8)
    guard bytes[content].starts(with: name) else { return }
    var value = ShellValue(
      bytes: bytes,
      position: content.lowerBound + name.count,
      file: file
    )
    try value.read()
    lists.append(ArgumentList(title: "kernelopts", fragments: [value.fragment]))
  }
}
