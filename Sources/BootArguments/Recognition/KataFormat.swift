internal import SourceText

extension KernelArgumentFormat {
  /// Kata Containers' configuration.toml: `kernel_params` of each hypervisor's guests.
  static let kata = KernelArgumentFormat(
    name: "kata",
    title: "Kata Containers configuration.toml",
    markers: .kernelParameters,
    recognizes: { sample in
      sample.hasLine(beginning: "kernel_params", indented: false)
        && sample.hasLine(beginning: "[hypervisor.", indented: false)
    },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
      var section: String?
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first else { continue }
        if bytes[first] == UInt8(ascii: "[") {
          let name = bytes[content].dropFirst().prefix { $0 != UInt8(ascii: "]") }
          section = String(decoding: name, as: UTF8.self)
          continue
        }
        let name = bytes[content].prefix { $0 != UInt8(ascii: "=") && !TextLine.isBlank($0) }
        guard name.elementsEqual("kernel_params".utf8),
          let equals = bytes[content].firstIndex(of: UInt8(ascii: "="))
        else { continue }
        let value = line.trimmed(from: equals + 1)
        guard let quote = value.first.map({ bytes[$0] }),
          quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { continue }
        let item = try TOMLText.string(
          file: sample.path,
          bytes,
          at: value.lowerBound
        )
        guard !item.text.isEmpty else { continue }
        drafts.append(
          CommandLineDraft(
            title: section,
            fragments: [item.fragment.withoutTemplates],
            isComplete: false
          )
        )
      }
      return drafts
    }
  )
}

extension QuotedItem {
  /// As a piece that is only read.
  var fragment: BootFile.Fragment {
    BootFile.Fragment(text: String(decoding: text, as: UTF8.self), offsets: offsets + [end])
  }
}
