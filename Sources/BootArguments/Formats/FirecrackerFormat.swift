internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// Firecracker's configuration: `boot-source.boot_args`.
  static let firecracker = KernelArgumentFormat(
    name: "firecracker",
    title: "Firecracker configuration (JSON)",
    documentation: FormatRow(
      recognizedBy: "an object with `boot-source`, `boot_args` or `memory-hotplug`",
      read: """
        `boot_args`; `mem_size_mib` and the `total_size_mib` of `memory-hotplug` as the guest's \
        memory
        """,
      notRead: ""
    ),
    markers: [.bootArgs, .guestMemory],
    recognizes: { sample in
      sample.firstByte == UInt8(ascii: "{")
        && (sample.hasLine(beginning: "\"boot_args\"")
          || ["boot-source", "memory-hotplug"].contains {
            sample.text.firstRange(of: Array("\"\($0)\"".utf8)) != nil
          })
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      let places = search.places()
      // One machine a file.
      func size(_ key: String) -> GuestMemory<Int>.Size? {
        places.lazy.compactMap { YAMLSearch.value(key, of: $0.node) }.first.flatMap { value in
          value.scalar.flatMap { UInt64($0.string) }.map {
            .init(.mebibytes($0), at: search.text.offset(of: value))
          }
        }
      }
      var guest: GuestMemory<Int>?
      if let boot = size("mem_size_mib"), let added = size("total_size_mib"), added.bytes > 0 {
        guest = GuestMemory(boot: boot, adding: added, by: .virtioMem)
      }
      // The body of one request has the keys of boot-source without its name.
      let sources = places.compactMap { YAMLSearch.value("boot-source", of: $0.node) }
      let bodies = places.map { $0.node }.filter { YAMLText.entry("boot_args", of: $0) != nil }
      let lists = (sources.isEmpty ? bodies : sources).compactMap { source in
        var list = search.commandLine("boot_args", of: source, key: "boot-source")
        list?.guest = guest
        return list
      }
      return lists.isEmpty ? guest.map { [ArgumentList(guest: $0)] } ?? [] : lists
    }
  )
}
