internal import SourceText

extension KernelArgumentFormat {
  /// bootc's kargs.d: what an image adds, for the architectures that it names.
  static let bootcArguments = KernelArgumentFormat(
    name: "bootc",
    title: "bootc image (kargs.d)",
    documentation: FormatRow(
      recognizedBy: "`kargs =` in a `.toml` or under `kargs.d/`",
      read: "the list; `match-architectures`",
      notRead: ""
    ),
    markers: .kargs,
    recognizes: { sample in
      (sample.hasSuffix(".toml") || sample.path.contains("kargs.d/"))
        && (sample.hasLine(beginning: "kargs =") || sample.hasLine(beginning: "kargs="))
    },
    list: { (file, bytes) throws(LocatedError) -> ArgumentList in
      let arrays = try TOMLText.arrays(
        of: ["kargs", "match-architectures"],
        otherwise:
          "expected kargs = [ … ] or match-architectures = [ … ]; bootc knows no other key here",
        file: file,
        bytes
      )
      guard let array = arrays["kargs"] else {
        return ArgumentList(missing: .line(endOf: bytes) { bootcAssignment($0) })
      }
      var list = ArgumentList(quoted: array, in: bytes) { TOMLText.string($0) }
      list.architectures = (arrays["match-architectures"]?.items ?? []).map {
        String(decoding: $0.text, as: UTF8.self)
      }
      return list
    }
  )

  /// `kargs = […]`, without a line break.
  static func bootcAssignment(_ arguments: [BootArgument]) -> String {
    "kargs = [" + arguments.map { TOMLText.string($0.word) }.joined(separator: ", ") + "]"
  }
}
