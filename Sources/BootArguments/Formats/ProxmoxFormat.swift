internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// Proxmox VE: `args:` of a guest's configuration, where QEMU starts the kernel itself.
  static let proxmox = KernelArgumentFormat(
    name: "proxmox",
    title: "Proxmox guest configuration",
    documentation: FormatRow(
      recognizedBy: "`args:` or `hotplug:` beside `memory:`, `cores:` or `scsihw:`",
      read: "`-append` in `args`; `memory` with hot-plug as the guest's memory",
      notRead: "snapshots; guests with a boot loader of their own"
    ),
    markers: [.append, .hotplugKey],
    recognizes: { sample in
      sample.isPlainText
        && ["args: ", "hotplug: "].contains { sample.hasLine(beginning: $0, indented: false) }
        && ["memory: ", "cores: ", "scsihw: ", "sockets: "].contains {
          sample.hasLine(beginning: $0, indented: false)
        }
    },
    locate: { (_, bytes) in
      var lists: [ArgumentList] = []
      var memory: GuestMemory<Int>.Size?
      var hasHotplug = false
      for line in TextLine.lines(of: bytes) {
        guard let setting = SettingLine(line, sign: UInt8(ascii: ":")) else { continue }
        let value = bytes.text(setting.value)
        switch bytes.text(setting.name) {
        case "args": lists += LiteralText(bytes: bytes).lists(in: line)
        case "memory":
          memory = UInt64(value).map {
            .init(.mebibytes($0), at: setting.value.lowerBound)
          }
        case "hotplug": hasHotplug = value == "1" || value.contains("memory")
        default: continue
        }
      }
      guard hasHotplug, let memory else { return lists }
      // What is above 1 GiB is plugged in as DIMMs (qemu-server, PVE/QemuServer/Memory.pm).
      let guest = GuestMemory<Int>(
        boot: .init(.gibibytes(1), at: memory.place),
        upTo: memory,
        by: .dimm
      )
      if lists.isEmpty { return guest.map { [ArgumentList(guest: $0)] } ?? [] }
      return lists.map { list in
        var list = list
        list.guest = guest
        return list
      }
    }
  )
}
