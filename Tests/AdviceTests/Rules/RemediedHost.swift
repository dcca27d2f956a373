internal import Advice
internal import HostModel
internal import KernelBehavior
internal import KernelText

/// A host as it is after its next boot with a finding's changes, as far as what is read of it changes.
enum RemediedHost {
  static func commandLine(_ changes: [Change], of snapshot: HostSnapshot) -> String {
    var words = KernelCommandLineText.arguments(snapshot.commandLine.value ?? "").map(\.asGiven)
    func name(_ word: String) -> String {
      String(word.prefix { $0 != "=" }).replacing("-", with: "_")
    }
    for word in changes.flatMap(\.removed) {
      let value = word.contains("=")
      words.removeAll { value ? $0 == word : name($0) == name(word) }
    }
    let added = changes.flatMap(\.added)
    let repeated: Set = ["hugepages", "hugepagesz"]
    words.removeAll { word in
      !repeated.contains(name(word)) && added.contains { name($0) == name(word) }
    }
    return (words + added).joined(separator: " ")
  }

  static func snapshot(_ changes: [Change], of host: HostSnapshot) -> HostSnapshot {
    var snapshot = host
    snapshot.commandLine = .known(commandLine(changes, of: host))
    for word in changes.flatMap(\.added) {
      let name = word.prefix { $0 != "=" }
      let value = String(word.dropFirst(name.count + 1))
      if name == "memhp_default_state" {
        KernelSetting.defaultState.store(.known(value), into: &snapshot)
      } else if name.hasPrefix("memory_hotplug.") {
        let path = "/sys/module/memory_hotplug/parameters/" + name.dropFirst(15)
        KernelSetting.at(path)?.store(
          .known(value == "1" ? "Y" : value == "0" ? "N" : value),
          into: &snapshot
        )
      } else if name.hasPrefix("sysctl.") {
        let text = value == "never" ? "0" : value
        KernelSetting.sysctl(String(name.dropFirst(7)))?.store(.known(text), into: &snapshot)
      }
    }
    for setting in changes.compactMap(\.setting) {
      KernelSetting.at(setting.path)?.store(.known(setting.value), into: &snapshot)
      if setting.path == SettingPath.lowmemReserve,
        let ratios = snapshot.virtualMemory.lowmemReserve.value,
        let zones = snapshot.zoneinfo.value?.protected(by: ratios)
      {
        snapshot.zoneinfo = .known(zones)
      }
      if setting.path.hasSuffix("/memmap_on_memory"), var devices = snapshot.devices.dax.value {
        for index in devices.indices where setting.path.contains("/\(devices[index].name)/") {
          devices[index].memmapOnMemory = .known(true)
        }
        snapshot.devices.dax = .known(devices)
      }
    }
    return snapshot
  }
}

extension KernelArgument {
  fileprivate var asGiven: String { name + (value.map { "=\($0)" } ?? "") }
}
