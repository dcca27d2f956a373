package import HostModel
package import KernelBehavior

extension NeedAnswer.Limit {
  /// Half a sentence.
  package var text: String {
    switch self {
    case .zones(true, let have):
      "they come out of kernel zones, which have \(have.text) for them"
    case .zones(false, let have): "the zones have \(have.text) for it as they are"
    case .noSuchPage(let size, let sizes):
      "there are no huge pages of \(size.text) here; sizes are "
        + sizes.map(\.text).joined(separator: ", ")
    case .noSuchNode(let node, let nodes):
      "no node \(node) with memory here; those are "
        + nodes.map { "\($0)" }.joined(separator: ", ")
    case .kernelNeeds(let node, let left, let needs):
      "kernel zones of node \(node) would have to hold \(needs.text) with all that is asked for, and "
        + "have \(left.text)"
    case .atBoot(let had): "at boot it comes to \(had.text)"
    case .area(.refused(let refusal)): "the area can't be made: \(refusal.text)"
    case .area(.acrossZones(let crossing)):
      "the area would lie across the start of \(crossing.zone.name) on node \(crossing.node) and be "
        + "given up"
    case .area(.placed): "the area is elsewhere"
    case .noAreaByNode:
      "kernels before 6.6 make no area on one node (numa_cma=); leave the node out"
    case .noAreas: "the kernel is built without CMA areas for devices (CONFIG_CMA, CONFIG_DMA_CMA)"
    case .onlyAtBoot: "an area is made at boot only"
    case .host(let needs, let all):
      "with all that is asked for kernel zones would have to hold \(needs.text) of \(all.text)"
    case .noLayout(let why): why.map { "\($0)" } ?? "no size of the kernel zones is advised for it"
    case .notPredicted(let refusal): "the boot layout can't be predicted (\(refusal))"
    case .onlined: "Movable is onlined here, and what arguments give can't be predicted"
    case .unknown(let reason): "what the kernel zones hold is not known (\(reason))"
    }
  }
}

extension BootReservation.Refusal {
  /// Why there is no area, in a few words.
  package var text: String {
    switch self {
    case .noRoom: "no free piece of that size where it may lie"
    case .beyondLimit(let limit): "it must lie below \(limit.text), and less memory does"
    case .belowHugePage(let size): "it is less than a page of \(size.text) on each node"
    case .notWholeHugePages(let size): "it is no multiple of \(size.text)"
    case .noSuchNode: "there is no such node"
    case .notOnThisArchitecture: "the architecture makes none"
    case .notInThisKernel: "the kernel does not know the argument"
    case .notBuilt: "the kernel is built without it"
    case .misplaced(let size): "its place is no multiple of \(size.text)"
    }
  }
}

extension NeedAnswer.Note {
  /// One sentence.
  package var text: String {
    switch self {
    case .noCountsByNode:
      "hugepages= takes no counts by node on every kernel here (5.16 and newer do): the pages are taken "
        + "while the host runs, by the node's nr_hugepages"
    case .gigantic: "blocks of ZONE_MOVABLE that hold gigantic pages can't go offline by themselves"
    case .areaInstead:
      "hugetlb_cma= keeps the kernel from making gigantic pages at boot: they come from its areas while "
        + "the host runs, and movable memory may use what is free of them"
    case .pinsStay:
      "this kernel leaves pinned pages in ZONE_MOVABLE, whose blocks then can't go offline"
    case .notForPins: "where they lie they can't be pinned for long (VFIO, RDMA)"
    case .scattered:
      "kernel memory that lies scattered may leave fewer whole pages: take them early"
    case .thereUnknown(let reason):
      "what is there already is not known (\(reason)): nothing is taken to be"
    }
  }
}

extension NeedAnswer {
  /// What is had of it, in its own unit.
  package func amount(_ bytes: ByteCount) -> String {
    guard case .hugePages(let size, _) = need.kind else { return bytes.text }
    let count = bytes.count / size.count
    return "\(count) page\(count == 1 ? "" : "s")"
  }

  /// Where a part of it lies or comes from.
  package func text(for share: Share) -> String {
    let zone = share.zone.map { " \($0.name)" } ?? ""
    let area = share.isInArea ? " in a CMA area" : ""
    return "\(amount(share.bytes)) on node \(share.node)\(zone.isEmpty ? "" : ",\(zone)")\(area)"
  }

  /// Whether it can be had, in a few words.
  package var verdict: String {
    switch way {
    case _ where !isMet: "no"
    case .there: "there already"
    case .runTime where settings.isEmpty: "at run time, as the host is"
    case .runTime: "at run time, with \(settings.joined(separator: " "))"
    case .boot where arguments.isEmpty: "after a reboot with what is advised"
    case .boot: "at boot"
    case .none: "no"
    }
  }

  /// What can be had while the host runs, where that is not all; nil where it is.
  package var shortfall: String? {
    if case .area = need.kind { return nil }
    guard missingAtRunTime > .zero, way != .none || !now.isEmpty else { return nil }
    let had = there + atRunTime
    let limit = limits.first.map { ": \($0.text)" } ?? ""
    return "at run time \(amount(had)) can be had, \(amount(missingAtRunTime)) can't\(limit)"
  }

  /// The commands that take it while the host runs.
  package var commands: [String] {
    guard case .hugePages(let size, let count) = need.kind, isMet,
      way == .runTime || notes.contains(.areaInstead) || notes.contains(.noCountsByNode)
    else { return [] }
    let pool = "hugepages/hugepages-\(size.count >> 10)kB/nr_hugepages"
    let place = need.node.map { "/sys/devices/system/node/node\($0)/" } ?? "/sys/kernel/mm/"
    return settings.map { "sysctl \($0)" } + ["echo \(count) > \(place)\(pool)"]
  }
}
