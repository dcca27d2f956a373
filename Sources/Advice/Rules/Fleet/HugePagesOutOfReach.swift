package import HostModel
internal import KernelBehavior

/// ZW604: huge pages that a class asks for and can't have.
package enum HugePagesOutOfReach: ClassRule {
  package static let about = RuleDescription(
    code: "ZW604",
    slug: "huge-pages-out-of-reach",
    title: "Not all huge pages that are asked for can be had",
    causes: ["hugepages", "hugepagesz", "default_hugepagesz", "movablecore", "kernelcore"],
    why: """
      A gigantic page that is asked for at run time must be one free piece of a kernel zone: \
      ZONE_MOVABLE does not serve it unless vm.movable_gigantic_pages is set. What is given to \
      Movable is lost for such pages, and writing nr_hugepages then gives fewer without an error.
      """,
    observes: "hugepages of the class, and the zones that its arguments give",
    severity: .error,
    remedy: "reserve the pages at boot, or an area for them with hugetlb_cma=",
    reference: "mm/hugetlb.c, alloc_gigantic_folio, gather_bootmem_prealloc"
  )

  package struct Detail: FindingDetail {
    package var size: ByteCount
    package var node: NodeID
    package var asked: UInt64
    package var had: UInt64
    package var isAtBoot: Bool
    package var needsKernelZones: Bool
    /// What the zones that may serve them have.
    package var zones: ByteCount
    /// Of the class, on all nodes.
    package var total: UInt64

    package var amounts: FindingAmounts {
      ["asked": .count(asked), "had": .count(had), "size": .bytes(size), "zones": .bytes(zones)]
    }
  }

  /// What gigantic pages take of the kernel zones is no question where not all can be had.
  package static func supersedes(_ finding: Finding) -> Bool { finding.isOf(GiganticPages.self) }

  package static func severity(of detail: Detail) -> Finding.Severity { .error }

  package static func words(for detail: Detail) -> FindingText {
    let when = detail.isAtBoot ? "at boot" : "at run time"
    let place =
      detail.needsKernelZones
      ? "they come out of the kernel zones, which have \(detail.zones.text)"
      : "the node has \(detail.zones.text)"
    let all = ByteCount(detail.size.count) * detail.total
    return FindingText(
      "node \(detail.node): \(detail.had) of the \(detail.asked) pages of \(detail.size.text) can be "
        + "had \(when), \(detail.asked - detail.had) can't: \(place)",
      remedy: detail.needsKernelZones
        ? "boot with hugepagesz=\(detail.size.argumentText) hugepages=\(detail.total), which come from the top of "
          + "each node; or with hugetlb_cma=\(all.argumentText) and kernel zones that hold it whole: zonewise advise "
          + "--need hugetlb:\(detail.size.exactText)=\(detail.total) gives their size"
        : "ask for no more than \(detail.had) there"
    )
  }

  package static func findings(in machineClass: ClassContext) -> [Finding] {
    machineClass.shortfalls.map { shortfall in
      let node = machineClass.assessment.current.nodes.first { $0.node == shortfall.node }
      let kernel = node?.kernel ?? .zero
      let same = machineClass.shortfalls.filter { $0.size == shortfall.size }
      return finding(
        Detail(
          size: shortfall.size,
          node: shortfall.node,
          asked: shortfall.asked,
          had: shortfall.had,
          isAtBoot: shortfall.isAtBoot,
          needsKernelZones: shortfall.needsKernelZones,
          zones: shortfall.needsKernelZones ? kernel : kernel + (node?.movable ?? .zero),
          total: same.map(\.asked).reduce(0, +)
        ),
        on: .node(shortfall.node),
        evidence: [
          Evidence("hugepages of the class", nil, "\(shortfall.asked) × \(shortfall.size.text)")
        ]
      )
    }
  }
}
