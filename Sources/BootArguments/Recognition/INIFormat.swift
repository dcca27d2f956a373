extension KernelArgumentFormat {
  /// `KernelCommandLine=` of mkosi and `Cmdline=` of ukify; indented lines go on with a value.
  static let ini = KernelArgumentFormat(
    name: "mkosi",
    title: "mkosi and ukify configuration",
    markers: .iniCommandLine,
    recognizes: { sample in
      sample.isPlainText
        && iniNames.contains {
          sample.hasLine(beginning: $0 + "=", indented: false)
            || sample.hasLine(beginning: $0 + " =", indented: false)
        } && iniSections.contains { sample.hasLine(beginning: $0, indented: false) }
    },
    drafts: { (sample, bytes) throws(BootArgumentsError) -> [CommandLineDraft] in
      var fragments: [BootFile.Fragment] = []
      var isOpen = false
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first, bytes[first] != UInt8(ascii: "#"),
          bytes[first] != UInt8(ascii: ";")
        else { continue }
        if content.lowerBound > line.range.lowerBound {
          if isOpen { fragments.append(.line(content, in: bytes)) }
          continue
        }
        isOpen = false
        guard let equals = bytes[content].firstIndex(of: UInt8(ascii: "=")) else { continue }
        let name = TextLine(bytes: bytes, range: content.lowerBound..<equals)
          .trimmed(from: content.lowerBound)
        guard iniNames.contains(String(decoding: bytes[name], as: UTF8.self)) else { continue }
        isOpen = true
        let value = line.trimmed(from: equals + 1)
        if value.isEmpty {
          // Nothing behind the equals sign: what came before is forgotten.
          fragments = []
        } else if bytes[value.lowerBound] != UInt8(ascii: "@") {
          fragments.append(.line(value, in: bytes))
        }
      }
      return fragments.isEmpty ? [] : [CommandLineDraft(fragments: fragments, isComplete: false)]
    }
  )

  private static let iniNames = ["KernelCommandLine", "KernelCommandLineExtra", "Cmdline"]
  private static let iniSections = [
    "[Content]", "[Runtime]", "[Host]", "[Output]", "[Validation]", "[UKI]",
  ]
}
