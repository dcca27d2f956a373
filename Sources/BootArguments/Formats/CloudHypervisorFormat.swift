internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// Cloud Hypervisor's configuration of a virtual machine: `payload.cmdline`.
  static let cloudHypervisor = KernelArgumentFormat(
    name: "cloud-hypervisor",
    title: "Cloud Hypervisor configuration (JSON)",
    documentation: FormatRow(
      recognizedBy: """
        an object with `payload` and in it `cmdline` beside `kernel`, `firmware` or `initramfs`, or \
        with `memory` and in it `hotplug_size`
        """,
      read: """
        `cmdline`; `size`, `hotplug_size` and `hotplug_method` of `memory` and of its zones as the \
        guest's memory
        """,
      notRead: "before version 28 `cmdline.args`"
    ),
    markers: [.commandLineKey, .guestMemory],
    recognizes: { sample in
      guard sample.firstByte == UInt8(ascii: "{") else { return false }
      let hasPayload =
        ["\"payload\"", "\"cmdline\""].allSatisfy { sample.contains($0) }
        && ["\"kernel\"", "\"firmware\"", "\"initramfs\""].contains { sample.contains($0) }
      return hasPayload || ["\"memory\"", "\"hotplug_size\""].allSatisfy { sample.contains($0) }
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      let lists = search.places().compactMap { place -> ArgumentList? in
        guard let payload = YAMLSearch.value("payload", of: place.node),
          ["kernel", "firmware", "initramfs"].contains(where: {
            YAMLSearch.value($0, of: payload) != nil
          }),
          var list = search.commandLine("cmdline", of: payload, key: "payload")
        else { return nil }
        list.title = place.title
        list.guest = YAMLSearch.value("memory", of: place.node).flatMap { guest($0, in: search) }
        return list
      }
      guard lists.isEmpty else { return lists }
      return search.places().compactMap { place in
        YAMLSearch.value("memory", of: place.node).flatMap { guest($0, in: search) }
          .map { ArgumentList(title: place.title, guest: $0) }
      }
    }
  )

  /// Sizes in bytes; where there are zones, they have the sizes.
  private static func guest(_ memory: YAMLTree, in search: YAMLSearch) -> GuestMemory<Int>? {
    let zones = YAMLSearch.value("zones", of: memory)?.sequence.map(Array.init) ?? []
    func sum(_ key: String) -> GuestMemory<Int>.Size? {
      let sizes = ([memory] + zones).compactMap { node -> GuestMemory<Int>.Size? in
        guard let value = YAMLSearch.value(key, of: node),
          let bytes = value.scalar.flatMap({ UInt64($0.string) }), bytes > 0
        else { return nil }
        return .init(ByteCount(bytes), at: search.text.offset(of: value))
      }
      return sizes.first.map { first in
        .init(sizes.dropFirst().reduce(first.bytes) { $0 + $1.bytes }, at: first.place)
      }
    }
    guard let boot = sum("size"), let added = sum("hotplug_size") else { return nil }
    // Memory of zones is only plugged in by virtio-mem.
    let method = YAMLText.string("hotplug_method", of: memory)
    let isVirtioMem = method == "VirtioMem" || !zones.isEmpty
    return GuestMemory(boot: boot, adding: added, by: isVirtioMem ? .virtioMem : .dimm)
  }
}
