internal import Advice
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import SourceText

/// One Linux machine: this one, one from elsewhere, or a class of machines that a spec describes.
///
/// Sizes are bytes. What could not be read is nil, never zero.
public struct Host: Sendable {
  let machine: SourceMachine
  private let member: SourceMachine.Member

  /// Reads a machine.
  ///
  /// - Parameter path: What `zonewise advise` takes: a directory with `proc/` and `sys/`, an archive
  ///   (capture, sosreport, supportconfig), a bundle, a copy of /proc/zoneinfo, `fleet.yaml#class`; nil
  ///   reads this host.
  /// - Throws: What can't be read of it, or that it is several machines.
  public init(reading path: String? = nil) throws(ZonewiseError) {
    var found: [Result<SourceMachine, UnreadMachine>] = []
    do {
      let reader = SourceReader(path, stated: BootLayoutInputs.Overrides())
      _ = try reader.machines(for: .use) { found.append($0) }
    } catch {
      throw ZonewiseError("\(error)")
    }
    guard let first = found.first else {
      throw ZonewiseError(
        "\(path ?? "this host"): no machine in it; zonewise advise says what it is"
      )
    }
    guard found.count == 1 else {
      throw ZonewiseError(
        "\(path ?? ""): \(found.count) machines; name one, as in fleet.yaml#class"
      )
    }
    switch first {
    case .failure(let unread): throw ZonewiseError("\(unread.name): \(unread.reason)")
    case .success(let machine):
      guard let member = machine.newest ?? machine.members.first else {
        throw ZonewiseError("\(machine.name): no kernel")
      }
      self.machine = machine
      self.member = member
    }
  }

  /// Its name; nil where nothing tells.
  public var name: String? { member.snapshot.hostName.value }

  /// Its kernel, as `uname -r` has it; of a class with several kernels, the newest.
  public var kernelRelease: String? { member.snapshot.kernel.value?.release }

  /// The size of a base page in bytes: 4096, 16384, 65536.
  public var pageSize: UInt64? { member.snapshot.pageSize.value?.bytes.count }

  /// Its populated zones, node by node, lowest first; empty where they are not known.
  public var zones: [Zone] {
    guard let size = member.snapshot.pageSize.value, let info = member.snapshot.zoneinfo.value
    else {
      return []
    }
    return info.zones.filter(\.isPopulated).map { zone in
      Zone(
        node: Int(zone.node.number),
        name: zone.kind.name,
        present: zone.presentPages.bytes(of: size).count,
        managed: zone.managed.bytes(of: size).value?.count,
        free: zone.free.bytes(of: size).value?.count
      )
    }
  }

  /// How much memory each node would give to the kernel and to ZONE_MOVABLE, booted with these
  /// arguments: the kernel's own algorithm (`find_zone_movable_pfns_for_nodes`, mm/mm_init.c).
  ///
  /// - Parameter arguments: Words of a kernel command line, such as `kernelcore=4G`.
  /// - Returns: A node a row, in the order of their numbers.
  /// - Throws: What is missing to predict it.
  public func nodes(bootedWith arguments: String) throws(ZonewiseError) -> [Node] {
    do throws(BootLayoutRefusal) {
      let prediction = try Prediction(
        try member.inputs(),
        source: member.snapshot.source,
        asked: arguments,
        blockSize: member.blockSize
      )
      let size = prediction.pageSize
      return prediction.layout.nodes.map { node in
        Node(
          number: Int(node.id.number),
          kernel: node.kernelPages.bytes(of: size).count,
          movable: node.movablePages.bytes(of: size).count
        )
      }
    } catch {
      throw ZonewiseError("\(machine.name): \(error)")
    }
  }

  /// Judges the machine.
  ///
  /// - Parameters:
  ///   - profile: A workload that comes with zonewise (`general`, `kvm-host`, …), or a YAML file's path.
  ///   - wanted: How much ZONE_MOVABLE is wished for; nil asks for nothing.
  /// - Returns: Where the machine stands, and what to do.
  /// - Throws: Why it can't be judged.
  public func advice(
    profile: String = "general",
    wanting wanted: Wish? = nil
  ) throws(ZonewiseError) -> Advice {
    var profiles = ProfileLibrary()
    do {
      let workload = try profiles.profile(
        profile,
        folder: "",
        place: SourceLocation(file: "", line: 1)
      )
      let assessment = try Advisor.assess(
        member.snapshot,
        profile: workload,
        chosenBy: .user,
        wish: wanted?.wish ?? machine.wish,
        growing: machine.devices.isEmpty
          ? nil : PlannedDevices(machine.devices, settings: member.settings),
        needing: machine.needs
      )
      return Advice(assessment)
    } catch let error as AssessmentError {
      throw ZonewiseError("\(machine.name): \(error.input): \(error.reason)")
    } catch {
      throw ZonewiseError("\(error)")
    }
  }
}

extension Host {
  /// One zone of one NUMA node.
  public struct Zone: Hashable, Sendable {
    /// The node's number.
    public let node: Int
    /// The kernel's name: DMA, DMA32, Normal, HighMem, Movable, Device.
    public let name: String
    /// Memory that is there, in bytes (`present` in /proc/zoneinfo).
    public let present: UInt64
    /// What the buddy allocator owns of it, in bytes; nil where it is not known.
    public let managed: UInt64?
    /// What of that is free, in bytes; nil where it is not known.
    public let free: UInt64?
  }

  /// One NUMA node of a predicted boot.
  public struct Node: Hashable, Sendable {
    /// The node's number.
    public let number: Int
    /// Bytes in zones that the kernel can use.
    public let kernel: UInt64
    /// Bytes in ZONE_MOVABLE.
    public let movable: UInt64
  }

  /// How much ZONE_MOVABLE is wished for.
  public enum Wish: Hashable, Sendable {
    /// As much as is safe.
    case max
    /// So many bytes.
    case bytes(UInt64)
    /// So much Movable for each byte of kernel memory.
    case ratio(movable: UInt64, kernel: UInt64)

    var wish: MovableWish {
      switch self {
      case .max: .max
      case .bytes(let count): .size(ByteCount(count))
      case .ratio(let movable, let kernel):
        .ratio(MovableRatio(movable: movable, kernel: kernel))
      }
    }
  }
}
