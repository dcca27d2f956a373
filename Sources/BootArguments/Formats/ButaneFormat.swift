internal import SourceText

extension KernelArgumentFormat {
  /// Butane configs of every variant, and the files that they write.
  static let butane = KernelArgumentFormat(
    name: "butane",
    title: "Butane config",
    documentation: FormatRow(
      recognizedBy: "`variant:` fcos, flatcar, fiot, r4e, openshift",
      read: """
        `kernel_arguments.should_exist`, `openshift.kernel_arguments`, files with \
        `contents.inline`
        """,
      notRead: "`should_not_exist`; files named by `local`"
    ),
    markers: [.butaneArguments, .grubVariable, .knownArgument],
    recognizes: { sample in
      ["fcos", "openshift", "flatcar", "r4e", "fiot"].contains { variant in
        ["", "\"", "'"].contains {
          sample.hasLine(beginning: "variant: " + $0 + variant, indented: false)
        }
      }
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      var lists: [ArgumentList] = []
      for root in search.text.documents {
        let variant = YAMLText.string("variant", of: root)
        let name = YAMLSearch.value(at: ["metadata", "name"], of: root)?.scalar?.string
        let place = YAMLSearch.Place(node: root, title: name, depth: 0)
        for (key, variants, path) in butaneLists {
          let isOwn = variant.map { variants.contains($0) } ?? false
          guard isOwn || YAMLSearch.value(at: path, of: root) != nil else { continue }
          var list = try search.list(at: path, of: place)
          list.key = isOwn ? key : nil
          lists.append(list)
        }
        for file in YAMLSearch.value(at: ["storage", "files"], of: root)?.sequence ?? [] {
          guard let path = YAMLText.string("path", of: file),
            let content = YAMLSearch.value(at: ["contents", "inline"], of: file)
          else { continue }
          lists += try search.embedded(content, path: path).map { $0.titled(path) }
        }
      }
      return lists
    }
  )

  private static let butaneLists: [(key: String, variants: [String], path: [String])] = [
    ("fcos", ["fcos", "flatcar", "fiot", "r4e"], ["kernel_arguments", "should_exist"]),
    ("openshift", ["openshift"], ["openshift", "kernel_arguments"]),
  ]
}
