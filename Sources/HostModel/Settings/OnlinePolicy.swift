/// Which zone plain `online` chooses (`memory_hotplug.online_policy`, since 5.15).
package enum OnlinePolicy: String, Hashable, Sendable, CaseIterable {
  case contigZones = "contig-zones"
  case autoMovable = "auto-movable"
}
