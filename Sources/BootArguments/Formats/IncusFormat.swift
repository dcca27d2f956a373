internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// Incus and LXD: virtual machines whose kernel is started by QEMU itself, and their memory.
  static let incus = KernelArgumentFormat(
    name: "incus",
    title: "Incus or LXD instance",
    documentation: FormatRow(
      recognizedBy: "`raw.qemu`, `raw.qemu.conf` or `limits.memory.hotplug` under `config`",
      read: """
        `kernel-params` in `raw.qemu.conf`, `-append` in `raw.qemu`; `limits.memory` and \
        `limits.memory.hotplug` as the guest's memory
        """,
      notRead: "containers; guests with a boot loader of their own"
    ),
    markers: .rawQEMU,
    recognizes: { $0.hasSuffix(".yaml", ".yml", ".json") || $0.isPlainText },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      search.places().flatMap { place -> [ArgumentList] in
        let texts = ["raw.qemu.conf", "raw.qemu"].compactMap {
          YAMLSearch.value($0, of: place.node).flatMap { search.fragment($0) }
        }
        let guest = guest(place.node, search)
        if texts.isEmpty, let guest { return [ArgumentList(title: place.title, guest: guest)] }
        return texts.flatMap { text in
          let bytes = Array(text.text.utf8)
          return kernelParameters(bytes).map { list in
            var list = list.mapped { text.offsets[min($0, text.offsets.count - 1)] }
            list.title = place.title
            list.guest = guest
            return list
          }
        }
      }
    }
  )

  /// `kernel-params = "…"` of QEMU's own configuration, or options of its command line.
  private static func kernelParameters(_ bytes: [UInt8]) -> [ArgumentList] {
    let settings = TextLine.lines(of: bytes).compactMap { line -> ArgumentList? in
      guard let setting = SettingLine(line),
        ["kernel-params", "append"].contains(bytes.text(setting.name))
      else { return nil }
      return ArgumentList(fragments: [.line(setting.unquoted(in: bytes), in: bytes)])
    }
    return settings.isEmpty ? LiteralText(bytes: bytes).lists() : settings
  }

  private static func guest(_ node: YAMLTree, _ search: YAMLSearch) -> GuestMemory<Int>? {
    func size(_ key: String) -> GuestMemory<Int>.Size? {
      guard let value = YAMLSearch.value(key, of: node), let text = value.scalar?.string,
        let bytes = ByteCount(text: text)
      else { return nil }
      return GuestMemory<Int>.Size(bytes, at: search.text.offset(of: value))
    }
    guard let boot = size("limits.memory"), let most = size("limits.memory.hotplug") else {
      return nil
    }
    return GuestMemory(boot: boot, upTo: most, by: .dimm)
  }
}
