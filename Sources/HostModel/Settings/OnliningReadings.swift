/// What the running kernel is set to do with memory that is added, as sysfs shows it.
package struct OnliningReadings: Hashable, Sendable {
  /// `auto_online_blocks`: what becomes of a block when it appears.
  package var defaultState: Reading<OnlineType>
  package var policy: Reading<OnlinePolicy>
  /// Largest MOVABLE:KERNEL in percent under auto-movable.
  package var autoMovableRatio: Reading<UInt64>
  /// Whether auto-movable also looks at the ratio of the block's node.
  package var numaAware: Reading<Bool>
  package var memmapOnMemory: Reading<MemmapOnMemory>

  /// Nothing has been read yet.
  package init() {
    defaultState = .unknown(.missing(input: SettingPath.defaultState))
    policy = .unknown(.missing(input: SettingPath.onlinePolicy))
    autoMovableRatio = .unknown(.missing(input: SettingPath.autoMovableRatio))
    numaAware = .unknown(.missing(input: SettingPath.numaAware))
    memmapOnMemory = .unknown(.missing(input: SettingPath.memmapOnMemory))
  }
}
