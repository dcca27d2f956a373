internal import HostModel
internal import KernelText

extension FuzzKind {
  /// What the kernel prints in /proc and /sys.
  static let kernelTexts: [FuzzKind] = [
    FuzzKind(name: "zoneinfo") { bytes in
      let info: ZoneInfo
      do throws(ParseError) {
        info = try ZoneInfoText.parse(bytes.span, file: "zoneinfo")
      } catch {
        _ = ZoneInfoText.parts(of: bytes.span, refusedFor: error)
        return
      }
      for zone in info.nodes.flatMap(\.zones) { _ = zone.hardUse }
      let text = Array(ZoneInfoText.render(info).utf8)
      let again = try? ZoneInfoText.parse(text.span, file: "zoneinfo")
      expect(again != nil, "what was rendered is refused")
      expect(again.map { ZoneInfoText.render($0) } == ZoneInfoText.render(info), "rendered anew")
    },
    choice(
      "counters",
      of: [
        { bytes in
          let table = try MeminfoText.parse(bytes.span, file: "meminfo")
          _ = Meminfo(table)
          let text = Array(MeminfoText.render(table).utf8)
          expect((try? MeminfoText.parse(text.span, file: "m")) == table, "meminfo changed")
        },
        { bytes in
          let table = try VmstatText.parse(bytes.span, file: "vmstat")
          let text = Array(VmstatText.render(table).utf8)
          expect((try? VmstatText.parse(text.span, file: "v")) == table, "vmstat changed")
        },
        { bytes in
          let (node, table) = try NodeMeminfoText.parse(bytes.span, file: "meminfo")
          let text = Array(NodeMeminfoText.render(table, node: node).utf8)
          expect(
            (try? NodeMeminfoText.parse(text.span, file: "m"))?.counters == table,
            "a node's meminfo changed"
          )
        },
        { bytes in
          let table = try NumastatText.parse(bytes.span, file: "numastat")
          let text = Array(NumastatText.render(table).utf8)
          expect((try? NumastatText.parse(text.span, file: "n")) == table, "numastat changed")
        },
        { bytes in
          let info = try BuddyInfoText.parse(bytes.span, file: "buddyinfo")
          let text = Array(BuddyInfoText.render(info).utf8)
          expect((try? BuddyInfoText.parse(text.span, file: "b")) == info, "buddyinfo changed")
        },
        { _ = try PageTypeInfoText.parse($0.span, file: "pagetypeinfo") },
      ]
    ),
    choice(
      "small-files",
      of: [
        { _ = try IOMemText.parse($0.span, file: "iomem") },
        { _ = try SwapsText.parse($0.span, file: "swaps") },
        { _ = try ModulesText.parse($0.span, file: "modules") },
        { _ = try OSReleaseText.prettyName($0.span, file: "os-release") },
        { _ = try KernelConfigText.parse($0.span, file: "config") },
        { _ = try ProcessStatusText.parse($0.span, file: "status") },
        { _ = try ProcessTotalsText.parse($0.span, file: "processes") },
        { _ = try VersionText.parse($0.span, file: "version") },
        { _ = try VersionText.release($0.span, file: "osrelease") },
        { _ = CPUInfoText.clues($0.span) },
        { _ = try IDList.parse($0.span, file: "list") },
        { _ = try IDList.nodes($0.span, file: "list") },
        { _ = try DistanceText.parse($0.span, file: "distance") },
        { _ = try MemoryBlockText.state($0.span, file: "state") },
        { _ = try MemoryBlockText.validZones($0.span, file: "valid_zones") },
        { _ = try MemoryBlockText.blockSize($0.span, file: "block_size_bytes") },
        { _ = try MemoryBlockText.physicalIndex($0.span, file: "phys_index") },
        { bytes in
          let blocks = try MemoryBlockRunsText.parse(bytes.span, folder: "/sys", file: "blocks")
          let text = Array(MemoryBlockRunsText.render(blocks).utf8)
          let again = try? MemoryBlockRunsText.parse(text.span, folder: "/sys", file: "blocks")
          expect(again == blocks, "memory blocks changed")
        },
      ]
    ),
    choice(
      "settings",
      of: [
        { bytes in
          guard let first = bytes.first else { return }
          let settings = KernelSetting.all
          let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
          guard let normal = settings[Int(first) % settings.count].normal(text) else { return }
          expect(
            settings[Int(first) % settings.count].normal(normal) == normal,
            "what the kernel prints is not read back: \(normal)"
          )
        },
        { _ = DaxctlConfigText.parse(String(decoding: $0, as: UTF8.self), file: "daxctl.conf") },
        { _ = UdevRulesText.parse(String(decoding: $0, as: UTF8.self), file: "40.rules") },
        { bytes in
          let name = String(decoding: bytes, as: UTF8.self)
          _ = SysfsName.memoryBlock(name)
          _ = SysfsName.node(name)
          _ = SysfsName.hugePageSize(name)
        },
        { _ = try SettingText.value($0.span, file: "value") },
        { _ = try SettingText.number($0.span, file: "number") },
      ]
    ),
  ]
}
