internal import HostModel
internal import KernelText

extension HostCollector {
  mutating func readCounters() {
    snapshot.meminfo = load(.meminfo) { text, file throws(ParseError) in
      Meminfo(try MeminfoText.parse(text, file: file))
    }
    snapshot.vmstat = load(.vmstat) { text, file throws(ParseError) in
      MemoryCounters(try VmstatText.parse(text, file: file), in: Input(HostInput.vmstat.path))
    }
    snapshot.buddyinfo = load(.buddyinfo) { text, file throws(ParseError) in
      try BuddyInfoText.parse(text, file: file)
    }
    snapshot.maxOrder = snapshot.buddyinfo.flatMap { info in
      info.maxOrder.map { .known($0) }
        ?? .unknown(.rejected(input: "/proc/buddyinfo", field: "columns", why: "there are none"))
    }
    snapshot.swaps = load(.swaps) { text, file throws(ParseError) in
      try SwapsText.parse(text, file: file)
    }
    snapshot.modules = load(.modules) { text, file throws(ParseError) in
      try ModulesText.parse(text, file: file)
    }
  }

  mutating func readSettings() {
    for setting in KernelSetting.all {
      let text = attempt(HostInput(path: setting.path, effect: nil)) {
        text,
        file throws(ParseError) in try SettingText.value(text, file: file)
      }
      setting.store(text, into: &snapshot)
    }
  }

  /// Files that only root may read on most hosts.
  mutating func readPrivileged() {
    snapshot.pagetypeinfo = load(.pagetypeinfo) { text, file throws(ParseError) in
      try PageTypeInfoText.parse(text, file: file)
    }
    let iomem = load(.iomem) { text, file throws(ParseError) in
      try IOMemText.parse(text, file: file)
    }
    snapshot.iomem = iomem.flatMap { $0 }
    if iomem.value != nil, let reason = snapshot.iomem.reason {
      snapshot.unread.append(
        UnreadInput(
          input: "/proc/iomem",
          reason: "\(reason)",
          effect: HostInput.iomem.effect ?? ""
        )
      )
    }
  }
}
