package import HostModel
internal import KernelText

/// One thing that a program can change to cure a finding.
package enum Change: Hashable, Sendable {
  /// The kernel argument of that name has this value, and stands once; nil for one without a value.
  case set(argument: String, value: String?)
  /// No argument of that name; where a value is given, none with that value.
  case remove(argument: String, value: String? = nil)
  /// The machine reserves HugeTLB pages at boot instead of asking for them later.
  case reserve(pages: UInt64, of: ByteCount)
  /// The file of a setting under /proc/sys or /sys holds this.
  case write(path: String, value: String)

  /// `name=value` as a change.
  package static func set(word: String) -> Change {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return .set(argument: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : nil)
  }

  static func write(_ setting: KernelSetting, _ value: String) -> Change {
    .write(path: setting.path, value: value)
  }

  /// Of two bounds on the same thing the smaller one, which holds the other too; nil for changes that
  /// have nothing to do with each other.
  func smaller(_ other: Change) -> Change? {
    if self == other { return self }
    switch (self, other) {
    case (.set(let name, let one?), .set(let second, let two?))
    where name == second && name == "memory_hotplug.auto_movable_ratio":
      return UInt64(one).flatMap { one in UInt64(two).map { one < $0 ? self : other } }
    case (.write(let path, let one), .write(let second, let two))
    where path == second && path == SettingPath.minFree:
      return UInt64(one).flatMap { one in UInt64(two).map { one < $0 ? self : other } }
    default: return nil
    }
  }

  // MARK: As each place has it

  /// The words of a command line that it sets, in order.
  package var added: [String] {
    switch self {
    case .set(let name, let value): [name + (value.map { "=\($0)" } ?? "")]
    case .reserve(let pages, let size): ["hugepagesz=\(size.argumentText)", "hugepages=\(pages)"]
    case .remove, .write: []
    }
  }

  /// The words of a command line that go: a name, or a name with a value.
  package var removed: [String] {
    guard case .remove(let name, let value) = self else { return [] }
    return [name + (value.map { "=\($0)" } ?? "")]
  }

  /// The file of a setting that it writes, its name where it is a sysctl, and what it shall hold.
  package var setting: (path: String, sysctl: String?, value: String)? {
    guard case .write(let path, let value) = self else { return nil }
    return (path, sysctl, value)
  }

  /// The name of a sysctl that it sets.
  package var sysctl: String? {
    guard case .write(let path, _) = self, path.hasPrefix(Self.sysctls) else { return nil }
    return String(path.dropFirst(Self.sysctls.count)).replacing("/", with: ".")
  }

  private static let sysctls = "/proc/sys/"

  /// The key of a machine class that it sets, and to what; nil for what stands on its command line.
  package var specKey: (key: String, value: String)? {
    switch self {
    case .set, .remove: nil
    case .reserve(_, let size): ("hugepages.\(size.argumentText).when", "boot")
    case .write(_, let value): sysctl.map { ("sysctl.\($0)", value) }
    }
  }
}
