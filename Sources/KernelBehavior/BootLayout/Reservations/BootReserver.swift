internal import HostModel
internal import KernelText

/// Sets memory apart as a kernel does while it boots, from what memblock has free.
///
/// `dma_contiguous_reserve` (kernel/dma/contiguous.c), `hugetlb_cma_reserve` (mm/hugetlb.c,
/// mm/hugetlb_cma.c since 6.15), `reserve_crashkernel_generic` (kernel/crash_reserve.c) in the order
/// in which the architecture's `setup_arch` calls them.
struct BootReserver {
  /// The arguments that it reads.
  static let names: Set<String> = [
    "cma", "numa_cma", "cma_pernuma", "hugetlb_cma", "hugetlb_cma_only", "crashkernel",
    "kho",
  ]

  let arguments: [KernelArgument]
  let map: MemoryMap
  let layout: BootLayout
  let kernel: Kernel
  var memory: EarlyAllocator
  private(set) var made: [BootReservation] = []

  init(_ arguments: [KernelArgument], map: MemoryMap, layout: BootLayout, kernel: Kernel) {
    self.arguments = arguments
    self.map = map
    self.layout = layout
    self.kernel = kernel
    memory = EarlyAllocator(map, sparesHotPluggable: layout.path == .movableNode)
    takeKernelsOwn()
  }

  /// What the kernel has taken by then: its image and first tables, and on each node the node's own
  /// data at its top (`alloc_node_data`).
  private mutating func takeKernelsOwn() {
    let image = min(pages(.mebibytes(64)), PageCount(map.totalPages.count / 8))
    if let first = memory.first { memory.take(FrameRange(start: first, pages: image)) }
    for node in map.nodes { memory.takeTop(pages(.kibibytes(256)), of: node) }
  }

  mutating func run() -> BootReservations {
    let areasComeLate = kernel.hasOrAssumed(.reservesGiganticAreasLate)
    if map.architecture == .arm64, !areasComeLate { reserveGiganticAreas() }
    reserveForDevices()
    if map.architecture != .arm64, !areasComeLate { reserveGiganticAreas() }
    reserveForCrash()
    if areasComeLate { reserveGiganticAreas() }
    reserveForHandover()
    return BootReservations(
      all: made,
      takesGiganticPagesFromAreas: takesFromAreasOnly,
      assumptions: assumptions
    )
  }

  private var assumptions: [String] {
    var facts: [KernelFact] = []
    if made.contains(where: { $0.purpose.isCMA }) { facts.append(.areas) }
    if made.contains(where: { $0.purpose == .devices }) { facts.append(.areasForDevices) }
    var notes = kernel.assumptions(of: facts) + handoverNotes
    let isLarge = made.contains { $0.pages >= pages(.gibibytes(1)) }
    if isLarge, !arguments.contains(where: { $0.name == "nokaslr" }) {
      notes.append(
        "the kernel's image is taken to lie at the bottom of memory: elsewhere (KASLR) it can be in "
          + "the way of a large area"
      )
    }
    return notes
  }

  func last(_ name: String) -> KernelArgument? {
    arguments.last { $0.normalizedName == name && $0.value != nil }
  }

  func pages(_ size: ByteCount) -> PageCount { size.pagesRoundedUp(of: map.pageSize) }

  mutating func add(_ reservation: BootReservation) { made.append(reservation) }

  // MARK: Gigantic pages

  private var hasGiganticArea: Bool {
    made.contains {
      guard $0.purpose == .hugePages else { return false }
      return if case .refused = $0.outcome { false } else { true }
    }
  }

  private var takesFromAreasOnly: Bool {
    guard kernel.hasOrAssumed(.bootPagesOutOfHugeTLBArea), hasGiganticArea else { return false }
    return last("hugetlb_cma_only").flatMap { KernelFormat<Bool>.boolean.parse($0.value ?? "") }
      ?? false
  }
}
