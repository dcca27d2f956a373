internal import SourceText

extension KernelArgumentFormat {
  /// syslinux, extlinux, pxelinux, isolinux, and U-Boot's extlinux.conf: `append` of each label.
  static let syslinux = KernelArgumentFormat(
    name: "syslinux",
    title: "syslinux, extlinux, pxelinux, U-Boot extlinux.conf",
    documentation: FormatRow(
      recognizedBy: "`label`, `kernel` or `linux`, and `append` lines in any letters",
      read: "`append` of each label; also extlinux, pxelinux, U-Boot's extlinux.conf",
      notRead: "included files"
    ),
    markers: .append,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "append ", ignoringCase: true)
        && sample.hasLine(beginning: "label ", ignoringCase: true)
        && ["kernel ", "linux ", "com32 "].contains {
          sample.hasLine(beginning: $0, ignoringCase: true)
        }
    },
    locate: { (_, bytes) in
      var config = SyslinuxConfig(bytes: bytes)
      return config.lists()
    }
  )
}

/// The labels of a configuration, and which of them boots by itself.
private struct SyslinuxConfig {
  let bytes: [UInt8]
  private var labels: [Label] = []
  private var found: [ArgumentList] = []
  private var defaultName: String?

  private struct Label {
    let name: String
    /// The line that names its kernel.
    var kernel: TextLine?
    var isDefault = false
    /// Its place in the lists.
    var list: Int?
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func lists() -> [ArgumentList] {
    for line in TextLine.lines(of: bytes) { read(line) }
    markDefault()
    return found
  }

  private mutating func read(_ line: TextLine) {
    let key = line.word(at: 0)
    let value = line.trimmed(from: key.upperBound)
    switch bytes.text(key).lowercased() {
    case "default" where labels.isEmpty: defaultName = bytes.text(value)
    case "label": labels.append(Label(name: bytes.text(value)))
    case "kernel", "linux", "fit":
      if !labels.isEmpty { labels[labels.count - 1].kernel = line }
    case "menu":
      if bytes.text(value).lowercased() == "default", !labels.isEmpty {
        labels[labels.count - 1].isDefault = true
      }
    case "append":
      // A lone hyphen: no arguments at all.
      guard !value.isEmpty, bytes.text(value) != "-" else { return }
      if !labels.isEmpty { labels[labels.count - 1].list = found.count }
      // What an APPEND before all labels says counts for those that have none of their own.
      found.append(
        ArgumentList(
          title: labels.last?.name ?? "global",
          fragments: [.verbatim(value, in: bytes)]
        )
      )
    default: return
    }
  }

  /// The list of the label that boots by itself, or the place where one belongs.
  private mutating func markDefault() {
    let bootable = labels.filter { $0.kernel != nil }
    let chosen =
      bootable.first { $0.name.lowercased() == defaultName?.lowercased() }
      ?? bootable.first { $0.isDefault } ?? bootable.first
    guard let chosen, let kernel = chosen.kernel else { return }
    if let list = chosen.list {
      found[list].key = "default"
      return
    }
    let start = kernel.word(at: 0).lowerBound
    let indent = bytes.text(kernel.range.lowerBound..<start)
    found.append(
      ArgumentList(
        key: "default",
        missing: .text(at: kernel.range.upperBound) { "\n\(indent)append \($0.line)" }
      )
    )
  }
}
