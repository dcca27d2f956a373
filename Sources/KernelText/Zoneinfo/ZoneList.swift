package import HostModel

/// Zones that can be listed and not judged: parts of a zoneinfo, or a whole one of which the size of a
/// page is not known.
package struct ZoneList: Hashable, Sendable {
  package var hostName: Reading<String>
  package var kernel: Reading<KernelVersion>
  package var architecture: Reading<Architecture>
  package var pageSize: Reading<PageSize>
  package var nodes: [NodeZones]
  /// Why zones are missing; nil where none is.
  package var why: ParseError?

  package init(_ snapshot: HostSnapshot, nodes: [NodeZones], why: ParseError?) {
    hostName = snapshot.hostName
    kernel = snapshot.kernel
    architecture = snapshot.architecture
    pageSize = snapshot.pageSize
    self.nodes = nodes
    self.why = why
  }

  /// The zones of a host of which only the size of a page is unknown.
  package init?(ofUnknownPages snapshot: HostSnapshot) {
    guard snapshot.pageSize.value == nil, let zoneinfo = snapshot.zoneinfo.value else { return nil }
    self.init(snapshot, nodes: zoneinfo.nodes, why: nil)
  }

  package var zones: [ZoneSnapshot] { nodes.flatMap(\.zones) }
}
