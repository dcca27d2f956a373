package import HostModel
package import KernelBehavior
package import SourceText

/// Machines of one kind in a fleet spec: what a platform engineer knows of them without one at hand.
package struct MachineClass: Hashable, Sendable {
  package var machine: MachineSpec
  /// Machines that the class stands for.
  package var count: Int
  /// Every kernel that the class runs; one unknown (nil) kernel where the spec names none.
  package var kernels: [KernelVersion?]
  /// A name or a file; nil for the policy's choice.
  package var profile: String?
  package var commandLine: ClassCommandLine
  /// The file that has the command line, and its text is put in front of `commandLine`.
  package var commandLineFile: FileReference?
  package var hugePages: [HugePageRequest]
  package var balloons: [BalloonDevice.Driver]
  /// What can pin memory: RDMA, VFIO, ….
  package var pinners: [PinningDevice.Kind]
  /// Memory devices that are plugged in while the machine runs, in this order.
  package var devices: [GrowthStep]
  /// Settings by their path under /proc/sys: `vm.min_free_kbytes`.
  package var sysctls: [String: String]
  package var swap: ByteCount
  /// What the kernel itself holds once it is up, beside page descriptors; nil for what was measured
  /// on a distribution's.
  package var kernelBaseline: ByteCount?
  /// Memory that the machine boots with where a balloon keeps what is above the nodes' from the guest:
  /// all of it has descriptors from the start.
  package var maxMemory: ByteCount?
  package var goals: Goals
  /// What must be contiguous or pinned on its machines.
  package var needs: [MemoryNeed]
  /// Where the class and its parts stand in the spec.
  package var places: ClassPlaces

  package init(machine: MachineSpec, places: ClassPlaces) {
    self.machine = machine
    self.places = places
    count = 1
    kernels = [nil]
    profile = nil
    commandLine = ClassCommandLine()
    hugePages = []
    balloons = []
    pinners = []
    devices = []
    sysctls = [:]
    swap = .zero
    kernelBaseline = nil
    maxMemory = nil
    goals = Goals()
    needs = []
  }

  package var name: String { machine.name }

  /// What is left of the class without its name, its number and the places in its file: the same for
  /// two classes of the same machine.
  package var kind: MachineClass {
    var kind = self
    kind.machine.name = ""
    kind.count = 1
    kind.commandLine = commandLine.withoutPlaces
    kind.places = ClassPlaces(start: SourceLocation(file: places.file))
    return kind
  }

  /// What a balloon keeps from the guest at boot.
  package var ballooned: ByteCount {
    guard let maxMemory else { return .zero }
    return maxMemory.subtractingOrZero(machine.nodes.compactMap(\.memory).reduce(.zero, +))
  }

  /// Whether these are guests: the spec says so, or has what only guests have.
  package var isVirtual: Bool {
    machine.isVirtual ?? (!balloons.isEmpty || devices.contains { $0.device == .virtioMem })
  }

  /// Another file that the spec names.
  package struct FileReference: Hashable, Sendable {
    /// As the spec has it: from the spec's own folder.
    package var path: String
    /// Which of several command lines in it; nil where it has one.
    package var entry: String?

    package init(path: String, entry: String?) {
      self.path = path
      self.entry = entry
    }
  }

  /// HugeTLB pages that something reserves beside the command line.
  package struct HugePageRequest: Hashable, Sendable {
    package var size: ByteCount
    package var count: UInt64
    /// Nil spreads them over the nodes.
    package var node: NodeID?
    /// At boot the pages come before the page allocator; later it has to find them.
    package var isAtBoot: Bool

    package init(size: ByteCount, count: UInt64, node: NodeID?, isAtBoot: Bool) {
      self.size = size
      self.count = count
      self.node = node
      self.isAtBoot = isAtBoot
    }
  }

  /// What the machines are for, as far as zones decide it.
  package struct Goals: Hashable, Sendable {
    /// Memory that was added must be able to go again.
    package var needsHotUnplug = false
    /// How much memory shall be Movable.
    package var movable: MovableWish?

    package init() {}
  }
}

/// Where the parts of a class stand, by the spec's own keys: `balloon`, `devices/0`, `cmdline`.
package struct ClassPlaces: Hashable, Sendable {
  /// Where the class begins.
  package let start: SourceLocation
  private var places: [String: SourceLocation] = [:]

  package init(start: SourceLocation) { self.start = start }

  package var file: String { start.file }

  package subscript(key: String) -> SourceLocation? {
    get { places[key] }
    set { places[key] = newValue }
  }
}
