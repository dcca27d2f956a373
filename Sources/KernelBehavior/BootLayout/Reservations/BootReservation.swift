package import HostModel
package import KernelText

/// Memory that a word of the command line sets apart before there are zones, and what became of it.
package struct BootReservation: Hashable, Sendable {
  package enum Purpose: String, Hashable, Sendable {
    /// `cma=`, `numa_cma=`, `cma_pernuma=`: a CMA area for devices.
    case devices
    /// `hugetlb_cma=`: a CMA area for gigantic pages.
    case hugePages = "huge-pages"
    /// `crashkernel=`: out of the page allocator's hands.
    case crashKernel = "crash-kernel"
    /// `crashkernel=…,cma`: a CMA area until the kernel crashes.
    case crashArea = "crash-area"
    /// `kho_scratch=` beside `kho=on`: a CMA area until the kernel hands over to the next one.
    case handover

    package var isCMA: Bool { self != .crashKernel }
  }

  package enum Outcome: Hashable, Sendable {
    case placed(FrameRange, NodeID)
    /// A CMA area in two zones, which the kernel gives up (`cma_activate_area`, mm/cma.c).
    case acrossZones(Crossing)
    case refused(Refusal)
  }

  /// An area that lies in two zones.
  package struct Crossing: Hashable, Sendable {
    package var frames: FrameRange
    package var node: NodeID
    /// The upper of the two zones, and where it begins.
    package var zone: ZoneKind
    package var boundary: PageFrameNumber
    /// What no allocator gets: before 5.12 the part from the boundary on.
    package var lost: PageCount
  }

  /// Why there is no area at all.
  package enum Refusal: Hashable, Sendable {
    /// No free memory of that size and alignment where it may lie.
    case noRoom
    /// It must lie below this address, and less memory does.
    case beyondLimit(ByteCount)
    /// Less than one huge page of this size on each node.
    case belowHugePage(ByteCount)
    /// No multiple of this size.
    case notWholeHugePages(ByteCount)
    case noSuchNode
    case notOnThisArchitecture
    case notInThisKernel
    /// The kernel is built without the option.
    case notBuilt(KernelOption)
    /// Its fixed place is no multiple of this size.
    case misplaced(ByteCount)
  }

  package var purpose: Purpose
  package var argument: KernelArgument
  /// The node that it was asked for, nil for any.
  package var node: NodeID?
  /// As the kernel rounded it.
  package var pages: PageCount
  package var outcome: Outcome

  package init(
    _ purpose: Purpose,
    _ argument: KernelArgument,
    node: NodeID?,
    pages: PageCount,
    outcome: Outcome
  ) {
    self.purpose = purpose
    self.argument = argument
    self.node = node
    self.pages = pages
    self.outcome = outcome
  }
}
