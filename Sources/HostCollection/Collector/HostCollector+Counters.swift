internal import HostModel
internal import KernelText

extension HostCollector {
  /// Files of counters and lists that everybody may read.
  struct Counters {
    var meminfo: Reading<Meminfo>
    var vmstat: Reading<MemoryCounters>
    var buddyinfo: Reading<BuddyInfo>
    var maxOrder: Reading<UInt8>
    var swaps: Reading<[SwapArea]>
    var modules: Reading<[String]>
  }

  mutating func readCounters() -> Counters {
    let meminfo = load(.meminfo) { text, file throws(ParseError) in
      Meminfo(try MeminfoText.parse(text, file: file), in: Input(HostInput.meminfo.path))
    }
    let vmstat = load(.vmstat) { text, file throws(ParseError) in
      MemoryCounters(try VmstatText.parse(text, file: file), in: Input(HostInput.vmstat.path))
    }
    let buddyinfo = load(.buddyinfo) { text, file throws(ParseError) in
      try BuddyInfoText.parse(text, file: file)
    }
    let maxOrder: Reading<UInt8> = buddyinfo.flatMap { info in
      info.maxOrder.map { .known($0) }
        ?? .unknown(.rejected(input: "/proc/buddyinfo", field: "columns", why: "there are none"))
    }
    let swaps = load(.swaps) { text, file throws(ParseError) in
      try SwapsText.parse(text, file: file)
    }
    let modules = load(.modules) { text, file throws(ParseError) in
      try ModulesText.parse(text, file: file)
    }
    return Counters(
      meminfo: meminfo,
      vmstat: vmstat,
      buddyinfo: buddyinfo,
      maxOrder: maxOrder,
      swaps: swaps,
      modules: modules
    )
  }

  mutating func readSettings(into snapshot: inout HostSnapshot) {
    for setting in KernelSetting.all {
      let text = attempt(HostInput(path: setting.path, effect: nil)) {
        text,
        file throws(ParseError) in try SettingText.value(text, file: file)
      }
      setting.store(text, into: &snapshot)
    }
  }

  // MARK: Files that only root may read on most hosts

  mutating func readPageTypes() -> Reading<PageTypeInfo> {
    load(.pagetypeinfo) { text, file throws(ParseError) in
      try PageTypeInfoText.parse(text, file: file)
    }
  }

  mutating func readMemoryMap() -> Reading<[IOMemRange]> {
    let text = load(.iomem) { text, file throws(ParseError) in
      try IOMemText.parse(text, file: file)
    }
    let ranges = text.flatMap { $0 }
    if text.value != nil, let reason = ranges.reason {
      unread.append(
        UnreadInput(
          input: HostInput.iomem.path,
          reason: "\(reason)",
          effect: HostInput.iomem.effect ?? ""
        )
      )
    }
    return ranges
  }
}
