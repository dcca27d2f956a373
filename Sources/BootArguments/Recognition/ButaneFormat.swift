internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// Butane configs of every variant, and the files that they write.
  static let butane = KernelArgumentFormat(
    name: "butane",
    title: "Butane config",
    markers: [.butaneArguments, .grubVariable, .knownArgument],
    recognizes: { sample in
      ["fcos", "openshift", "flatcar", "r4e", "fiot"].contains { variant in
        ["", "\"", "'"].contains {
          sample.hasLine(beginning: "variant: " + $0 + variant, indented: false)
        }
      }
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
      for root in search.text.documents {
        let name = YAMLSearch.value(at: ["metadata", "name"], of: root)?.scalar?.string
        for path in [["kernel_arguments", "should_exist"], ["openshift", "kernel_arguments"]] {
          guard let list = YAMLSearch.value(at: path, of: root) else { continue }
          let fragments = try search.fragments(list, named: path.joined(separator: "."))
          guard !fragments.isEmpty else { continue }
          drafts.append(
            CommandLineDraft(title: name, fragments: fragments, isComplete: false)
          )
        }
        for file in YAMLSearch.value(at: ["storage", "files"], of: root)?.sequence ?? [] {
          guard let path = YAMLText.string("path", of: file),
            let content = YAMLSearch.value(at: ["contents", "inline"], of: file)
          else { continue }
          drafts += try search.embedded(content, path: path).map { $0.titled(path) }
        }
      }
      return drafts
    }
  )
}

extension CommandLineDraft {
  /// Under a name of its own, or behind one that it has.
  func titled(_ name: String) -> CommandLineDraft {
    var draft = self
    draft.title = title.map { "\(name): \($0)" } ?? name
    return draft
  }
}
