internal import SourceText

extension KernelArgumentFormat {
  /// Limine: `cmdline:` of each entry; up to version 7 `CMDLINE=` under `:` titles.
  static let limine = KernelArgumentFormat(
    name: "limine",
    title: "Limine",
    documentation: FormatRow(
      recognizedBy: "`limine.conf`, `limine.cfg`, or `cmdline` beside `protocol`",
      read: "`cmdline` and `kernel_cmdline` of each entry",
      notRead: "macros, which are `${…}`"
    ),
    markers: .commandLineKey,
    recognizes: { sample in
      guard sample.isPlainText else { return false }
      guard
        sample.name.hasPrefix("limine") || sample.sets(["protocol"], sign: ":")
          || sample.sets(["PROTOCOL"])
      else { return false }
      let keys = ["cmdline", "kernel_cmdline", "CMDLINE", "KERNEL_CMDLINE"]
      return sample.sets(keys, sign: ":") || sample.sets(keys)
    },
    locate: { (_, bytes) in
      var lists: [ArgumentList] = []
      var title: String?
      // Where the first Linux entry says so: there a command line belongs that it has not.
      var kernel: (line: TextLine, isOld: Bool)?
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first else { continue }
        if bytes[first] == UInt8(ascii: "/") || bytes[first] == UInt8(ascii: ":") {
          let name = bytes[content].drop { "/:+ ".utf8.contains($0) }
          title = String(decoding: name, as: UTF8.self)
          continue
        }
        // Whichever sign comes first ends the name: a value has equals signs of its own.
        let isOld = bytes[content].first { ":=".utf8.contains($0) } == UInt8(ascii: "=")
        guard let setting = SettingLine(line, sign: UInt8(ascii: isOld ? "=" : ":"), comments: "#")
        else { continue }
        switch bytes.text(setting.name).lowercased() {
        case "cmdline" where !setting.value.isEmpty, "kernel_cmdline" where !setting.value.isEmpty:
          lists.append(
            ArgumentList(
              key: lists.isEmpty ? "first" : nil,
              title: title,
              fragments: [.verbatim(setting.value, in: bytes)]
            )
          )
        case "protocol" where kernel == nil && bytes.text(setting.value).lowercased() == "linux":
          kernel = (line, isOld)
        default: continue
        }
      }
      if lists.isEmpty, let kernel {
        lists.append(ArgumentList(key: "first", missing: insertion(behind: kernel)))
      }
      return lists
    }
  )

  private static func insertion(
    behind kernel: (line: TextLine, isOld: Bool)
  ) -> ArgumentInsertion {
    let range = kernel.line.range
    let indent = kernel.line.bytes.text(range.lowerBound..<kernel.line.word(at: 0).lowerBound)
    let lead = "\n" + indent + (kernel.isOld ? "CMDLINE=" : "cmdline: ")
    return .text(at: range.upperBound) { lead + $0.line }
  }
}
