internal import SourceText

extension KernelArgumentFormat {
  /// `KernelCommandLine=` of mkosi and `Cmdline=` of ukify; indented lines go on with a value.
  static let ini = KernelArgumentFormat(
    name: "mkosi",
    title: "mkosi and ukify configuration",
    documentation: FormatRow(
      recognizedBy: "`KernelCommandLine=` or `Cmdline=` in an INI file of mkosi or ukify",
      read: "with continued lines; an empty value forgets what came before",
      notRead: "`Cmdline=@file`"
    ),
    markers: .iniCommandLine,
    recognizes: { sample in
      sample.isPlainText
        && iniNames.contains {
          sample.hasLine(beginning: $0 + "=", indented: false)
            || sample.hasLine(beginning: $0 + " =", indented: false)
        } && iniSections.contains { sample.hasLine(beginning: $0, indented: false) }
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var fragments: [ArgumentFragment] = []
      // The pieces of the setting that is open; indented lines go on with it.
      var open: [ArgumentFragment]?
      func close() {
        // Nothing behind the equals sign: what came before is forgotten.
        if open?.isEmpty == true { fragments = [] }
        fragments += open ?? []
        open = nil
      }
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first, bytes[first] != UInt8(ascii: "#"),
          bytes[first] != UInt8(ascii: ";")
        else { continue }
        if content.lowerBound > line.range.lowerBound {
          open?.append(.verbatim(content, in: bytes))
          continue
        }
        close()
        guard let equals = bytes[content].firstIndex(of: UInt8(ascii: "=")) else { continue }
        let name = TextLine(bytes: bytes, range: content.lowerBound..<equals)
          .trimmed(from: content.lowerBound)
        guard iniNames.contains(String(decoding: bytes[name], as: UTF8.self)) else { continue }
        let value = line.trimmed(from: equals + 1)
        // ukify reads the line from a file where an @ stands in front of its name.
        let isFile = value.first.map { bytes[$0] == UInt8(ascii: "@") } ?? false
        open =
          value.isEmpty
          ? [] : [isFile ? .verbatim(value.prefix(0), in: bytes) : .verbatim(value, in: bytes)]
      }
      close()
      return fragments.isEmpty ? [] : [ArgumentList(fragments: fragments, isComplete: false)]
    }
  )

  private static let iniNames = ["KernelCommandLine", "KernelCommandLineExtra", "Cmdline"]
  private static let iniSections = [
    "[Content]", "[Runtime]", "[Host]", "[Output]", "[Validation]", "[UKI]",
  ]
}
