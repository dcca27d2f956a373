internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// cloud-init user data: files that it writes and commands that it runs.
  static let cloudInitData = KernelArgumentFormat(
    name: "cloud-init",
    title: "cloud-init user data",
    markers: .cloudConfig,
    recognizes: { sample in
      (sample.text.starts(with: "#cloud-config".utf8)
        || sample.text.starts(with: "## template: jinja".utf8))
        && !sample.markers.isDisjoint(with: [.grubVariable, .knownArgument, .root, .append])
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
      for root in search.text.documents {
        for file in YAMLSearch.value("write_files", of: root)?.sequence ?? [] {
          guard let path = YAMLText.string("path", of: file),
            YAMLText.entry("encoding", of: file) == nil,
            let content = YAMLSearch.value("content", of: file)
          else { continue }
          drafts += try search.embedded(content, path: path).map { $0.titled(path) }
        }
        for key in ["bootcmd", "runcmd"] {
          for command in YAMLSearch.value(key, of: root)?.sequence ?? [] {
            drafts += LiteralValues(search: search).drafts(ofCommand: command)
          }
        }
      }
      return drafts
    }
  )
}
