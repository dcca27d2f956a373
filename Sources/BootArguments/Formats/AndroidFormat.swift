internal import SourceText

extension KernelArgumentFormat {
  /// Android: the kernel's line in BoardConfig.mk, and as unpack_bootimg shows it.
  static let android = KernelArgumentFormat(
    name: "android",
    title: "Android BoardConfig.mk, boot and vendor_boot images as unpack_bootimg shows them",
    documentation: FormatRow(
      recognizedBy: """
        `BOARD_KERNEL_CMDLINE`, `BOARD_VENDOR_CMDLINE` or `BOARD_BOOTCONFIG` with `=`, `:=`, `?=` \
        or `+=`; `command line args:` at a line's start
        """,
      read: """
        all settings of a name together, in their order, continued lines too; of `BOARD_BOOTCONFIG` \
        what begins with `kernel.`
        """,
      notRead: "`ifeq`: settings in it count; variables of other files"
    ),
    markers: .android,
    recognizes: { sample in
      guard sample.unreadKind == nil, !sample.isScript, SourceLanguage.of(sample.name) == nil else {
        return false
      }
      return AndroidText(bytes: sample.text).isAny
    },
    locate: { (_, bytes) in AndroidText(bytes: bytes).lists() }
  )
}

/// Settings of a makefile, as far as kernels get them.
private struct AndroidText {
  let bytes: [UInt8]

  private static let variables = [
    "BOARD_KERNEL_CMDLINE", "BOARD_VENDOR_CMDLINE", "VENDOR_CMDLINE", "TARGET_KERNEL_CMDLINE",
    "BOARD_BOOTCONFIG", "BOARD_VENDOR_BOOTCONFIG",
  ]
  private static let shown = ["vendor command line args:", "command line args:"]

  private struct Setting {
    var name: String
    var isAdded: Bool
    var fragments: [ArgumentFragment]
  }

  var isAny: Bool {
    var settings = settings()[...]
    return settings.popFirst() != nil
  }

  func lists() -> [ArgumentList] {
    var order: [String] = []
    var found: [String: [ArgumentFragment]] = [:]
    for setting in settings() {
      if found[setting.name] == nil { order.append(setting.name) }
      if !setting.isAdded { found[setting.name] = [] }
      found[setting.name, default: []] += setting.fragments
    }
    return order.compactMap { name in
      guard let fragments = found[name], !fragments.isEmpty else { return nil }
      return ArgumentList(title: name, fragments: fragments, isComplete: false)
    }
  }

  private func settings() -> [Setting] {
    var settings: [Setting] = []
    var isOpen = false
    for line in TextLine.lines(of: bytes) {
      if isOpen, let last = settings.indices.last {
        settings[last].fragments += words(
          of: line,
          from: line.range.lowerBound,
          settings[last].name
        )
        isOpen = isContinued(line)
        continue
      }
      isOpen = false
      let content = line.trimmed(from: line.range.lowerBound)
      if let lead = Self.shown.first(where: { bytes[content].starts(with: $0.utf8) }) {
        let value = line.trimmed(from: content.lowerBound + lead.utf8.count)
        guard !value.isEmpty else { continue }
        settings.append(
          Setting(name: lead, isAdded: false, fragments: [.verbatim(value, in: bytes)])
        )
        continue
      }
      guard let setting = SettingLine(line, comments: "#") else { continue }
      let lead = bytes[setting.name]
      let name = lead.prefix { !":?+ \t".utf8.contains($0) }
      guard let known = Self.variables.first(where: { $0.utf8.elementsEqual(name) }) else {
        continue
      }
      settings.append(
        Setting(
          name: known,
          isAdded: lead.last == UInt8(ascii: "+"),
          fragments: words(of: line, from: setting.value.lowerBound, known)
        )
      )
      isOpen = isContinued(line)
    }
    return settings
  }

  private func isContinued(_ line: TextLine) -> Bool {
    line.range.last.map { bytes[$0] == UInt8(ascii: "\\") } ?? false
  }

  /// The rest of a line without a comment and without the backslash at its end; of a boot
  /// configuration the words for the kernel, without what says so.
  private func words(of line: TextLine, from start: Int, _ name: String) -> [ArgumentFragment] {
    let end = isContinued(line) ? line.range.upperBound - 1 : line.range.upperBound
    let comment = bytes[min(start, end)..<end].firstIndex(of: UInt8(ascii: "#")) ?? end
    let value = TextLine(bytes: bytes, range: min(start, comment)..<comment).trimmed(from: start)
    guard name.hasSuffix("BOOTCONFIG") else {
      return value.isEmpty ? [] : [.line(value, in: bytes)]
    }
    let lead = Array("kernel.".utf8)
    return ArgumentText.words(bytes, value).filter { bytes[$0].starts(with: lead) }.map {
      .line(($0.lowerBound + lead.count)..<$0.upperBound, in: bytes)
    }
  }
}
