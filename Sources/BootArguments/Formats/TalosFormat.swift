internal import KernelText
internal import SourceText

extension KernelArgumentFormat {
  /// Talos: machine configs and their patches, Image Factory schematics, and tools that hold either.
  static let talosArguments = KernelArgumentFormat(
    name: "talos",
    title: "Talos machine config, Image Factory schematic",
    documentation: FormatRow(
      recognizedBy: "a key `extraKernelArgs` with a list",
      read: """
        machine configs, patches, schematics, tools that hold them, patches as texts in lists
        """,
      notRead: "arguments with a leading `-`; `imager` options"
    ),
    markers: .extraKernelArgs,
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json", ".patch", ".tmpl", ".tpl", ".j2")
        && (sample.hasLine(beginning: "extraKernelArgs")
          || sample.hasLine(beginning: "\"extraKernelArgs\""))
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      try TalosFile(search: search).lists().map { list in
        var list = list
        list.order = .grouped(by: "Talos")
        return list
      }
    }
  )
}

private struct TalosFile {
  let search: YAMLSearch

  private static let key = "extraKernelArgs"

  /// Lists of whole machine configs and schematics have the key `document`.
  func lists() throws(LocatedError) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    let own = Set(
      search.text.documents.compactMap { document in
        Self.path(in: document).flatMap { YAMLSearch.value(at: $0, of: document) }
          .map { search.text.offset(of: $0) }
      }
    )
    for place in search.places() {
      if place.depth == 0, let path = Self.path(in: place.node),
        YAMLSearch.value(at: path, of: place.node) == nil
      {
        var list = try search.list(at: path, of: place)
        list.key = "document"
        lists.append(list)
      }
      guard let value = YAMLSearch.value(Self.key, of: place.node) else {
        if place.depth < 16 { lists += try patches(place) }
        continue
      }
      // A schema of the field is no list.
      guard value.mapping == nil else { continue }
      var list = try search.list(Self.key, of: place) { !$0.hasPrefix("-") }
      if own.contains(search.text.offset(of: value)) { list.key = "document" }
      lists.append(list)
    }
    return lists
  }

  /// Where the list belongs in a document.
  private static func path(in document: YAMLTree) -> [String]? {
    if YAMLText.entry("customization", of: document) != nil { return ["customization", key] }
    if YAMLText.entry("machine", of: document) != nil { return ["machine", "install", key] }
    return nil
  }

  /// Patches as texts in a list.
  private func patches(_ place: YAMLSearch.Place) throws(LocatedError) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    for item in place.node.sequence ?? [] {
      guard let patch = item.scalar?.string, patch.contains("\(Self.key):") else { continue }
      lists += try search.embedded(item, path: "patch.yaml").map {
        var list = $0
        list.key = nil
        list.title = list.title ?? place.title
        return list
      }
    }
    return lists
  }
}
