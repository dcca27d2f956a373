internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// Kata Containers' configuration.toml: `kernel_params` of each hypervisor's guests.
  ///
  /// Names and limits as in kata-containers/kata-containers, src/runtime/pkg/katautils/config.go (3.x)
  /// and src/runtime/config/configuration-qemu.toml.in (0083d1ae): MiB; a `default_memory` below 256 is
  /// the build's own size, usually 2048; a `default_maxmemory` of 0, or above what the host has, is what
  /// the host has.
  static let kata = KernelArgumentFormat(
    name: "kata",
    title: "Kata Containers configuration.toml",
    documentation: FormatRow(
      recognizedBy: "`kernel_params` or `default_maxmemory` in a section `[hypervisor.…]`",
      read: """
        `kernel_params` of each hypervisor; `default_memory`, `default_maxmemory` and \
        `enable_virtio_mem` as the guest's memory
        """,
      notRead: "annotations"
    ),
    markers: [.kernelParameters, .guestMemory],
    recognizes: { sample in
      ["kernel_params", "default_maxmemory"].contains {
        sample.hasLine(beginning: $0, indented: false)
      } && sample.hasLine(beginning: "[hypervisor.", indented: false)
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var lists: [ArgumentList] = []
      var memories: [String?: KataMemory] = [:]
      var section: String?
      for line in TextLine.lines(of: bytes) {
        let content = line.trimmed(from: line.range.lowerBound)
        guard let first = content.first else { continue }
        if bytes[first] == UInt8(ascii: "[") {
          let name = bytes[content].dropFirst().prefix { $0 != UInt8(ascii: "]") }
          section = String(decoding: name, as: UTF8.self)
          if let section, isHypervisor(section) {
            lists.append(missing(in: section, behind: line))
          }
          continue
        }
        memories[section, default: KataMemory()].read(line)
        guard let setting = SettingLine(line), bytes.text(setting.name) == "kernel_params",
          let quote = setting.value.first.map({ bytes[$0] }),
          quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { continue }
        let item = try TOMLText.string(file: sample.path, bytes, at: setting.value.lowerBound)
        // The place for a setting that is there after all.
        lists.removeAll { $0.fragments.isEmpty && $0.title == section }
        var list = ArgumentList(title: section, fragments: [fragment(item)], isComplete: false)
        list.key = section.flatMap { isHypervisor($0) ? "hypervisor" : nil }
        lists.append(list)
      }
      return lists.map { list in
        var list = list
        list.guest = memories[list.title]?.guest
        return list
      }
    }
  )

  private static func isHypervisor(_ section: String) -> Bool { section.hasPrefix("hypervisor.") }

  private static func fragment(_ item: QuotedItem) -> ArgumentFragment {
    ArgumentFragment(
      text: String(decoding: item.text, as: UTF8.self),
      offsets: item.offsets + [item.end],
      range: item.range,
      rewriting: .whole { TOMLText.string($0) }
    )
  }

  /// A line of its own at the top of a section.
  private static func missing(in section: String, behind header: TextLine) -> ArgumentList {
    var list = ArgumentList(
      key: "hypervisor",
      missing: .text(at: header.range.upperBound) { arguments in
        "\nkernel_params = \(TOMLText.string(arguments.line))"
      }
    )
    list.title = section
    return list
  }
}

/// What a section says of its guests' memory, in MiB.
private struct KataMemory {
  private var boot: GuestMemory<Int>.Size?
  private var most: GuestMemory<Int>.Size?
  private var hasVirtioMem = false

  /// `MinHypervisorMemory`; smaller ones are not taken, but the size that the runtime was built with.
  private static let least = ByteCount.mebibytes(256)
  private static let usual = ByteCount.mebibytes(2048)

  mutating func read(_ line: TextLine) {
    guard let setting = SettingLine(line) else { return }
    let text = line.bytes.text(
      line.bytes[setting.value].firstIndex(of: 0x23).map {
        setting.value.lowerBound..<$0
      } ?? setting.value
    ).filter { $0 != " " }
    let size = UInt64(text).map {
      GuestMemory<Int>.Size(.mebibytes($0), at: setting.value.lowerBound)
    }
    switch line.bytes.text(setting.name) {
    case "default_memory":
      boot = size.map { $0.bytes < Self.least ? .init(Self.usual, at: $0.place) : $0 }
    // 0 is all that the host has.
    case "default_maxmemory": most = size
    case "enable_virtio_mem": hasVirtioMem = text == "true"
    default: return
    }
  }

  var guest: GuestMemory<Int>? {
    guard let boot, let most else { return nil }
    return GuestMemory(boot: boot, upTo: most, by: hasVirtioMem ? .virtioMem : .dimm)
  }
}
