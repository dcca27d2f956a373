internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// Kata Containers' configuration.toml: `kernel_params` of each hypervisor's guests.
  static let kata = KernelArgumentFormat(
    name: "kata",
    title: "Kata Containers configuration.toml",
    documentation: FormatRow(
      recognizedBy: "`kernel_params` and a section `[hypervisor.…]`",
      read: """
        `kernel_params` of each hypervisor; `default_memory`, `default_maxmemory` and \
        `enable_virtio_mem` as the guest's memory
        """,
      notRead: "annotations"
    ),
    markers: .kernelParameters,
    recognizes: { sample in
      sample.hasLine(beginning: "kernel_params", indented: false)
        && sample.hasLine(beginning: "[hypervisor.", indented: false)
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
          continue
        }
        let name = bytes[content].prefix { $0 != UInt8(ascii: "=") && !TextLine.isBlank($0) }
        memories[section, default: KataMemory()].read(line)
        guard name.elementsEqual("kernel_params".utf8),
          let equals = bytes[content].firstIndex(of: UInt8(ascii: "="))
        else { continue }
        let value = line.trimmed(from: equals + 1)
        guard let quote = value.first.map({ bytes[$0] }),
          quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else { continue }
        let item = try TOMLText.string(
          file: sample.path,
          bytes,
          at: value.lowerBound
        )
        guard !item.text.isEmpty else { continue }
        lists.append(
          ArgumentList(
            title: section,
            fragments: [item.fragment],
            isComplete: false
          )
        )
      }
      return lists.map { list in
        var list = list
        list.guest = memories[list.title]?.guest
        return list
      }
    }
  )
}

/// What a section says of its guests' memory, in MiB.
private struct KataMemory {
  private var boot: GuestMemory<Int>.Size?
  private var most: GuestMemory<Int>.Size?
  private var hasVirtioMem = false

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
    case "default_memory": boot = size
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
