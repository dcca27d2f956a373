internal import SourceText

extension KernelArgumentFormat {
  /// iPXE scripts: what stands behind the image of `kernel`, and `imgargs`.
  static let ipxe = KernelArgumentFormat(
    name: "ipxe",
    title: "iPXE script",
    markers: .ipxe,
    recognizes: { $0.text.starts(with: "#!ipxe".utf8) },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
      var label: String?
      for line in TextLine.lines(of: bytes) {
        let words = ArgumentText.words(bytes, line.range)
        guard let first = words.first else { continue }
        if bytes[first.lowerBound] == UInt8(ascii: ":") {
          label = String(decoding: bytes[first].dropFirst(), as: UTF8.self)
          continue
        }
        let command = String(decoding: bytes[first], as: UTF8.self)
        guard ["kernel", "imgargs", "boot", "chain"].contains(command) else { continue }
        // Options, then the image, then its arguments.
        guard let image = words.dropFirst().first(where: { !bytes[$0].starts(with: "-".utf8) })
        else { continue }
        var value = line.trimmed(from: image.upperBound)
        if let end = bytes[value].firstRange(of: Array("||".utf8))
          ?? bytes[value].firstRange(of: Array("&&".utf8))
        {
          value = TextLine(bytes: bytes, range: value.lowerBound..<end.lowerBound)
            .trimmed(from: value.lowerBound)
        }
        guard !value.isEmpty else { continue }
        drafts.append(CommandLineDraft(title: label, fragments: [.line(value, in: bytes)]))
      }
      return drafts
    }
  )
}
