internal import SourceText

extension KernelArgumentFormat {
  /// The kubelet's configuration: it sets no argument, but keeps memory of nodes from pods, whatever
  /// zone that memory is in.
  static let kubelet = KernelArgumentFormat(
    name: "kubelet",
    title: "Kubelet configuration",
    documentation: FormatRow(
      recognizedBy: "`reservedMemory` with `numaNode`, in YAML or JSON of any `kind`",
      read: """
        `limits.memory` of each node under `reservedMemory`, as `kubelet.reserved=NODE:SIZE` in its \
        place, for a note
        """,
      notRead: "`systemReserved` and `kubeReserved`, which name no node; flags of the kubelet"
    ),
    markers: .kubelet,
    recognizes: { sample in
      // Beside arguments it is a part of something else, which is read as that.
      sample.keepsNodeMemory && sample.markers.isDisjoint(with: .argument)
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      search.places().compactMap { place in
        let reserved = YAMLSearch.value("reservedMemory", of: place.node)?.sequence
        let nodes = reserved.map(Array.init) ?? []
        let fragments = nodes.compactMap { item -> ArgumentFragment? in
          guard let node = YAMLText.string("numaNode", of: item),
            let memory = YAMLSearch.value(at: ["limits", "memory"], of: item),
            let size = memory.scalar?.string
          else { return nil }
          let start = search.text.offset(of: memory)
          return .setting("kubelet.reserved=\(node):\(size)", at: start..<(start + 1))
        }
        guard !fragments.isEmpty else { return nil }
        return ArgumentList(
          title: place.title.map { "reservedMemory of \($0)" } ?? "reservedMemory",
          fragments: fragments,
          isComplete: false
        )
      }
    }
  )
}

extension FileSample {
  /// Whether a kubelet keeps memory of nodes by it.
  var keepsNodeMemory: Bool {
    markers.contains(.kubelet) && ["numaNode", "limits"].allSatisfy { contains($0) }
      && (isPlainText || hasSuffix(".yaml", ".yml", ".json"))
  }
}
