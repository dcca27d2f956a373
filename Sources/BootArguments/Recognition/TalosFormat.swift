internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// Talos: machine configs and their patches, Image Factory schematics, and tools that hold either.
  static let talosArguments = KernelArgumentFormat(
    name: "talos",
    title: "Talos machine config, Image Factory schematic",
    markers: .extraKernelArgs,
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json", ".patch", ".tmpl", ".tpl", ".j2")
        && (sample.hasLine(beginning: "extraKernelArgs")
          || sample.hasLine(beginning: "\"extraKernelArgs\""))
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
      for place in search.places() {
        guard let list = YAMLSearch.value("extraKernelArgs", of: place.node) else {
          if place.depth < 16 { drafts += try patches(place, search) }
          continue
        }
        // A schema of the field is no list.
        guard list.mapping == nil else { continue }
        let added = try search.fragments(list, named: "extraKernelArgs").filter {
          !$0.text.hasPrefix("-")
        }
        guard !added.isEmpty else { continue }
        drafts.append(CommandLineDraft(title: place.title, fragments: added, isComplete: false))
      }
      return drafts
    }
  )

  /// Patches as texts in a list.
  private static func patches(
    _ place: YAMLSearch.Place,
    _ search: YAMLSearch
  ) throws(LocatedError) -> [CommandLineDraft] {
    var drafts: [CommandLineDraft] = []
    for item in place.node.sequence ?? [] {
      guard let patch = item.scalar?.string, patch.contains("extraKernelArgs:") else { continue }
      drafts += try search.embedded(item, path: "patch.yaml").map {
        var draft = $0
        draft.title = draft.title ?? place.title
        return draft
      }
    }
    return drafts
  }
}
