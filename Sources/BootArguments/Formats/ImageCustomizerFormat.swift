internal import SourceText

extension KernelArgumentFormat {
  /// Azure Linux's Image Customizer: `os.kernelCommandLine.extraCommandLine`.
  static let imageCustomizer = KernelArgumentFormat(
    name: "image-customizer",
    title: "Azure Linux Image Customizer",
    documentation: FormatRow(
      recognizedBy: "a key `extraCommandLine`",
      read: "lists and texts, under `os` and `iso`",
      notRead: ""
    ),
    markers: .extraCommandLine,
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json")
        && (sample.hasLine(beginning: "extraCommandLine:")
          || sample.hasLine(beginning: "\"extraCommandLine\":")
          || sample.hasLine(beginning: "\"ExtraCommandLine\":"))
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      var lists: [ArgumentList] = []
      for place in search.places() {
        for key in ["extraCommandLine", "ExtraCommandLine"] {
          guard let list = YAMLSearch.value(key, of: place.node), list.mapping == nil else {
            continue
          }
          lists.append(
            try search.list(key, of: place, allowsText: true)
          )
        }
      }
      return lists
    }
  )
}
