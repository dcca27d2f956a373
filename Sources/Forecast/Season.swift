/// A cycle that the kernel's memory may follow, in seconds.
package enum SeasonPeriod: Int64, Hashable, Sendable, CaseIterable {
  case day = 86_400
  case week = 604_800
}
