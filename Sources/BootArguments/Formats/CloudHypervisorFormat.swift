internal import HostModel
internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// Cloud Hypervisor's configuration of a virtual machine: `payload.cmdline`.
  static let cloudHypervisor = KernelArgumentFormat(
    name: "cloud-hypervisor",
    title: "Cloud Hypervisor configuration (JSON)",
    documentation: FormatRow(
      recognizedBy: """
        an object with `payload` and in it `cmdline` beside `kernel`, `firmware` or `initramfs`
        """,
      read: """
        `cmdline`; `size`, `hotplug_size` and `hotplug_method` of `memory` as the guest's memory
        """,
      notRead: "guests whose memory is given by zones; before version 28 `cmdline.args`"
    ),
    markers: .commandLineKey,
    recognizes: { sample in
      sample.firstByte == UInt8(ascii: "{")
        && ["\"payload\"", "\"cmdline\""].allSatisfy { sample.contains($0) }
        && ["\"kernel\"", "\"firmware\"", "\"initramfs\""].contains { sample.contains($0) }
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      search.places().compactMap { place in
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
    }
  )

  private static func guest(_ memory: Node, in search: YAMLSearch) -> GuestMemory<Int>? {
    func size(_ key: String) -> GuestMemory<Int>.Size? {
      guard let value = YAMLSearch.value(key, of: memory),
        let bytes = value.scalar.flatMap({ UInt64($0.string) }), bytes > 0
      else { return nil }
      return .init(ByteCount(bytes), at: search.text.offset(of: value))
    }
    guard let boot = size("size"), let added = size("hotplug_size") else { return nil }
    let method = YAMLText.string("hotplug_method", of: memory)
    return GuestMemory(boot: boot, adding: added, by: method == "VirtioMem" ? .virtioMem : .dimm)
  }
}
