internal import HostModel

extension LayoutSearch.Impossible: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nodeWithoutMemory(let node, let need):
      "node \(node) has no memory at boot and needs \(need) pages"
    case .nodeTooSmall(let node, let pages, let need):
      "node \(node) has \(pages) pages and needs \(need) as kernel memory"
    case .noSizeSuffices(let node, let need):
      "node \(node) gets the \(need) pages that it needs only without any ZONE_MOVABLE"
    case .nothingLeft(let need, let total):
      "the kernel zones need \(need) of all \(total) pages"
    case .fullOfUserMemory(let need):
      "once user memory fills the host, no size leaves the kernel the \(need) pages that it needs"
    case .noSizeSuitsAll:
      "no size suits all kernels of the class: each that suits one leaves another too little"
    case .areasInTheWay:
      "CMA areas lie across every boundary that leaves the kernel enough; make them smaller"
    case .beyondReach(let pages):
      "no size argument makes \(pages) pages Movable: what lies below the last zone stays "
        + "kernel memory"
    }
  }
}
