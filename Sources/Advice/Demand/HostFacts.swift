package import HostModel
package import KernelBehavior
internal import KernelText

/// The figures of a snapshot that every part of the advice reads, looked up once.
package final class HostFacts: Sendable {
  package let snapshot: HostSnapshot
  package let zoneinfo: ZoneInfo
  package let pageSize: PageSize
  package let kernel: Kernel
  package let nodes: [NodeAccount]
  /// All RAM that the zones hold, reserved pages included.
  package let present: ByteCount
  /// What describes each page.
  package let descriptor: PageDescriptor
  /// The words of the command line; none where it is not known.
  let arguments: [KernelArgument]
  /// What its zones at boot come of, or why that can't be told.
  let bootInputs: Result<BootLayoutInputs, BootLayoutRefusal>
  /// Whether the host was booted with an argument that makes ZONE_MOVABLE.
  package let asksForMovableAtBoot: Bool
  /// What of each node's Movable was added after boot; nil where its zones and blocks tell.
  let knownLateMovable: [NodeID: ByteCount]?

  /// Fails with the reason where there is nothing to judge: no zones, or no page size.
  package convenience init(_ snapshot: HostSnapshot) throws(AssessmentError) {
    let inputs: Result<BootLayoutInputs, BootLayoutRefusal>
    do throws(BootLayoutRefusal) {
      inputs = .success(try BootLayoutInputs(snapshot: snapshot))
    } catch {
      inputs = .failure(error)
    }
    try self.init(snapshot, bootInputs: inputs)
  }

  /// The same host with other settings: it was booted as before.
  convenience init(_ snapshot: HostSnapshot, bootedAs other: HostFacts) throws(AssessmentError) {
    try self.init(snapshot, bootInputs: other.bootInputs)
  }

  /// The same host with other sizes of its zones, and what of its Movable was added after boot.
  init(_ other: HostFacts, nodes: [NodeAccount], late: [NodeID: ByteCount]) {
    knownLateMovable = late
    snapshot = other.snapshot
    zoneinfo = other.zoneinfo
    pageSize = other.pageSize
    kernel = other.kernel
    descriptor = other.descriptor
    arguments = other.arguments
    bootInputs = other.bootInputs
    asksForMovableAtBoot = other.asksForMovableAtBoot
    self.nodes = nodes
    present = nodes.map(\.total).total()
  }

  private init(
    _ snapshot: HostSnapshot,
    bootInputs: Result<BootLayoutInputs, BootLayoutRefusal>
  ) throws(AssessmentError) {
    self.bootInputs = bootInputs
    self.snapshot = snapshot
    knownLateMovable = nil
    switch snapshot.zoneinfo {
    case .known(let zoneinfo, _): self.zoneinfo = zoneinfo
    case .unknown(let reason): throw AssessmentError(input: "/proc/zoneinfo", reason: reason)
    }
    switch snapshot.pageSize {
    case .known(let size, _): pageSize = size
    case .unknown(let reason): throw AssessmentError(input: "the page size", reason: reason)
    }
    descriptor = PageDescriptor(pageSize, of: snapshot)
    kernel = Kernel(snapshot)
    arguments = snapshot.commandLine.value.map { KernelCommandLineText.arguments($0) } ?? []
    asksForMovableAtBoot = snapshot.asksForMovableAtBoot
    let hasMovable = zoneinfo.zones.contains { $0.kind == .movable && $0.isPopulated }
    let builder = NodeAccount.Builder(
      snapshot: snapshot,
      pageSize: pageSize,
      kernel: kernel,
      hostHasMovable: hasMovable,
      uninitialized: Self.uninitialized(snapshot, zoneinfo: zoneinfo, pageSize: pageSize)
    )
    nodes = zoneinfo.nodes.map { builder.account(of: $0) }
    present = nodes.map(\.total).total()
  }

  /// The unit that keeps pages of one mobility together.
  var pageblockSize: ByteCount {
    if let info = snapshot.pagetypeinfo.value { return info.pagesPerBlock.bytes(of: pageSize) }
    let architecture = snapshot.architecture.value ?? .x86_64
    let order = snapshot.maxOrder.value ?? architecture.usualMaxOrder(pageSize)
    return PageBlock.size(architecture, pageSize, maxOrder: order)
  }

  /// Memory that the kernel counts in MemTotal and has not given to any zone's allocator yet.
  ///
  /// Zero on ordinary hosts; some guests initialise their memory only when it is asked for.
  private static func uninitialized(
    _ snapshot: HostSnapshot,
    zoneinfo: ZoneInfo,
    pageSize: PageSize
  ) -> MemoryInWaiting {
    let gap = zoneinfo.zones.map { $0.reserved.value ?? .zero }.total()
    let managed = zoneinfo.zones.map { $0.managed.value ?? .zero }.total()
    let total = snapshot.meminfo.memTotal.value ?? .zero
    // On most hosts both are the same but for a few pages.
    let waiting = total.pages(of: pageSize).subtractingOrZero(managed)
    return MemoryInWaiting(waiting: Swift.min(waiting, gap), gap: gap)
  }

  /// Cpus of all nodes; those with lists of free pages where the nodes don't tell.
  var cpus: UInt64 {
    let counts = nodes.compactMap(\.cpuCount.value)
    if counts.count == nodes.count, counts.contains(where: { $0 > 0 }) {
      return UInt64(counts.reduce(0, +))
    }
    return UInt64(max(1, zoneinfo.zones.map(\.pagesets.count).max() ?? 1))
  }

  package var hasMovable: Bool { nodes.contains { $0.movablePresent > 0 } }

  /// Memory on the kernel side of the ratio: CMA areas count as movable.
  package var ratioKernel: ByteCount { nodes.map(\.ratioKernel).total() }
  package var ratioMovable: ByteCount { nodes.map(\.ratioMovable).total() }
  /// HighMem of a 32-bit kernel.
  package var highMemory: ByteCount { nodes.map(\.highPresent).total() }
}

/// Present pages that no allocator owns, and how many of them are still to come.
struct MemoryInWaiting: Sendable {
  var waiting: PageCount
  var gap: PageCount

  /// The part of a zone's gap that is still to come.
  func part(of gap: PageCount) -> PageCount {
    self.gap == .zero ? .zero : gap.scaled(by: waiting.count, over: self.gap.count)
  }
}

/// Why nothing was judged.
package struct AssessmentError: Error, Hashable, Sendable {
  package var input: String
  package var reason: UnknownReason

  package init(input: String, reason: UnknownReason) {
    self.input = input
    self.reason = reason
  }
}
