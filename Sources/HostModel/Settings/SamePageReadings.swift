/// KSM, which merges pages of the same content, as sysfs shows it.
package struct SamePageReadings: Hashable, Sendable {
  /// `run`: 1 scans, 2 takes everything apart again.
  package var run: Reading<UInt64>
  package var shared: Reading<UInt64>
  package var sharing: Reading<UInt64>
  package var unshared: Reading<UInt64>
  package var volatile: Reading<UInt64>

  /// Nothing has been read yet.
  package init() {
    run = .unknown(.missing(input: SettingPath.samePages + "/run"))
    shared = .unknown(.missing(input: SettingPath.samePages + "/pages_shared"))
    sharing = .unknown(.missing(input: SettingPath.samePages + "/pages_sharing"))
    unshared = .unknown(.missing(input: SettingPath.samePages + "/pages_unshared"))
    volatile = .unknown(.missing(input: SettingPath.samePages + "/pages_volatile"))
  }

  package var isRunning: Reading<Bool> { run.map { $0 == 1 } }

  /// Pages that have an entry in its list.
  package var scanned: Reading<PageCount> {
    let parts = [shared, sharing, unshared, volatile].map { $0.map { PageCount($0) } }
    return parts.total { $0 }
  }
}
