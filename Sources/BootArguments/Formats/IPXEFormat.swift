internal import SourceText

extension KernelArgumentFormat {
  /// iPXE scripts: what stands behind the image of `kernel`, and `imgargs`.
  static let ipxe = KernelArgumentFormat(
    name: "ipxe",
    title: "iPXE script",
    documentation: FormatRow(
      recognizedBy: "`#!ipxe` at its start",
      read: """
        `kernel`, `imgargs`, `boot`, `chain` behind the image; `set` of a variable that holds \
        memory arguments
        """,
      notRead: "what variables and templates put in"
    ),
    markers: .ipxe,
    recognizes: { $0.text.starts(with: "#!ipxe".utf8) },
    locate: { (sample, text) throws(LocatedError) -> [ArgumentList] in
      let bytes = sample.isTemplate ? TemplateText.masked(text) : text
      var lists: [ArgumentList] = []
      var label: String?
      for line in TextLine.lines(of: bytes) {
        let words = ArgumentText.words(bytes, line.range)
        guard let first = words.first else { continue }
        if bytes[first.lowerBound] == UInt8(ascii: ":") {
          label = String(decoding: bytes[first].dropFirst(), as: UTF8.self)
          continue
        }
        let command = String(decoding: bytes[first], as: UTF8.self)
        if command == "set", words.count > 2,
          words.dropFirst(2).contains(where: {
            ArgumentText.isKnown(bytes, $0) || ArgumentText.isFlag(bytes, $0)
          })
        {
          let value = line.trimmed(from: words[1].upperBound)
          lists.append(
            ArgumentList(
              title: bytes.text(words[1]),
              fragments: [.verbatim(value, in: bytes)],
              isComplete: false
            )
          )
          continue
        }
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
        lists.append(ArgumentList(title: label, fragments: [.verbatim(value, in: bytes)]))
      }
      return lists
    }
  )
}
