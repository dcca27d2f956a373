internal import HostModel
internal import KernelText

extension HostCollector {
  /// Files beside the kernel that decide what becomes of new memory.
  mutating func readOnlineRules(into devices: inout HostDevices) {
    devices.udevRules = udevRules()
    if unlisted("/etc") == nil {
      let folder = "/etc/daxctl.conf.d"
      devices.daxctl = .known(
        names(folder).filter { $0.hasSuffix(".conf") }.flatMap { name in
          text("\(folder)/\(name)").map { DaxctlConfigText.parse($0, file: "\(folder)/\(name)") }
            ?? []
        }
      )
    }
  }

  /// The rules in force: files of all directories by name, one in /etc hides its namesakes.
  private mutating func udevRules() -> Reading<[UdevMemoryRule]> {
    let folders = ["/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d"]
    var places: [String: String] = [:]
    var listed = false
    for folder in folders where unlisted(folder) == nil {
      listed = listed || folder != "/run/udev/rules.d"
      for name in names(folder) where name.hasSuffix(".rules") && places[name] == nil {
        places[name] = "\(folder)/\(name)"
      }
    }
    // A live host without any has no udev; a copy may just not hold them.
    guard listed || source.description.kind == .live else {
      return .unknown(.missing(input: "/usr/lib/udev/rules.d"))
    }
    var rules: [UdevMemoryRule] = []
    for (_, path) in places.sorted(by: { $0.key < $1.key }).prefix(1000) {
      guard let text = text(path) else { continue }
      rules += UdevRulesText.parse(text, file: path)
    }
    return .known(rules)
  }

  /// The text of a settings file, or nil where it can't be read.
  private mutating func text(_ path: String) -> String? {
    (try? bytes(HostInput(path: path, effect: nil))).map { String(decoding: $0, as: UTF8.self) }
  }
}
