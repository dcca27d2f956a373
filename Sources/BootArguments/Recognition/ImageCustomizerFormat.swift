internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// Azure Linux's Image Customizer: `os.kernelCommandLine.extraCommandLine`.
  static let imageCustomizer = KernelArgumentFormat(
    name: "image-customizer",
    title: "Azure Linux Image Customizer",
    markers: .extraCommandLine,
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json")
        && (sample.hasLine(beginning: "extraCommandLine:")
          || sample.hasLine(beginning: "\"extraCommandLine\":")
          || sample.hasLine(beginning: "\"ExtraCommandLine\":"))
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
      for place in search.places() {
        for key in ["extraCommandLine", "ExtraCommandLine"] {
          guard let list = YAMLSearch.value(key, of: place.node), list.mapping == nil else {
            continue
          }
          let fragments = try search.fragments(list, named: key, allowsText: true)
          guard !fragments.isEmpty else { continue }
          drafts.append(
            CommandLineDraft(title: place.title, fragments: fragments, isComplete: false)
          )
        }
      }
      return drafts
    }
  )
}
