internal import SourceText

extension KernelArgumentFormat {
  /// zipl.conf of IBM Z: `parameters=` of each section.
  static let zipl = KernelArgumentFormat(
    name: "zipl",
    title: "zipl.conf (IBM Z)",
    documentation: FormatRow(
      recognizedBy: "`parameters=` with `[defaultboot]` or `target=`",
      read: "`parameters` of each section",
      notRead: "`parmfile`"
    ),
    markers: .parameters,
    recognizes: { sample in
      sample.isPlainText
        && (sample.hasLine(beginning: "parameters=") || sample.hasLine(beginning: "parameters ="))
        && (sample.hasLine(beginning: "[defaultboot]") || sample.hasLine(beginning: "target=")
          || sample.hasLine(beginning: "target ="))
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var lists: [ArgumentList] = []
      var section: String?
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first else { continue }
        if bytes[first] == UInt8(ascii: "[") || bytes[first] == UInt8(ascii: ":") {
          let name = bytes[content].dropFirst().prefix { $0 != UInt8(ascii: "]") }
          section = String(decoding: name, as: UTF8.self)
          continue
        }
        guard bytes[content].starts(with: "parameters".utf8),
          let equals = bytes[content].firstIndex(of: UInt8(ascii: "=")),
          TextLine(bytes: bytes, range: content.lowerBound + 10..<equals)
            .trimmed(from: content.lowerBound + 10).isEmpty
        else { continue }
        let rest = TextLine(bytes: bytes, range: equals..<content.upperBound)
        let value = rest.trimmed(from: equals + 1)
        guard let quote = value.first.map({ bytes[$0] }) else { continue }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
          lists.append(ArgumentList(title: section, fragments: [.verbatim(value, in: bytes)]))
          continue
        }
        // The closing quote may stand lines below.
        guard let close = bytes[(value.lowerBound + 1)...].firstIndex(of: quote) else {
          throw LocatedError(
            "this quote is never closed",
            at: SourceLocation(of: value.lowerBound, in: bytes, file: sample.path)
          )
        }
        lists.append(
          ArgumentList(
            title: section,
            fragments: [.verbatim((value.lowerBound + 1)..<close, in: bytes)]
          )
        )
      }
      return lists
    }
  )
}
