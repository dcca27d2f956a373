internal import HostModel
internal import KernelText

/// The answer in one sentence or two, from the amounts of the cause.
extension OOMDiagnosis {
  package var answer: String {
    let free = usable.free.text
    switch why {
    case .zoneImbalance(let places): return imbalance(places)
    case .movableOnlyBinding:
      return "The process was bound to \(nodes), where all memory is ZONE_MOVABLE; the "
        + "kernel can't use any of it."
    case .nodeBinding(let place):
      return "The process was bound to \(nodes), which had \(free) left, while "
        + "\(Self.amount(place)) elsewhere."
    case .lowZone(let place):
      let above = place.map { "; \(Self.amount($0)) above them" } ?? ""
      return "The zones up to \(request?.rawValue ?? "DMA32"), which alone would do, were used "
        + "up (\(free) free)\(above)."
    case .fragmentation(let pieces): return fragmentation(pieces)
    case .urgentRequest(let left): return urgent(left)
    case .urgentReserve(let kept):
      return
        "\(kept.text) was kept for requests that can't wait; without it \(free) was left, less "
        + "than the watermarks ask for."
    case .reclaimStuck(let left):
      return "The zones that the request could use were at their watermarks (\(free) free), but "
        + "\(Self.list(left)) in them could have been freed."
    case .uncounted(let size):
      return
        "All memory that could be used was used (\(free) free), and \(size.text) of it is in no "
        + "counter of the kernel: a driver, or another part of the kernel, took pages for itself."
    case .cgroupLimit:
      let limit = report.cgroupLimit.map { " of \($0.text)" } ?? ""
      return "The cgroup \(report.cgroup ?? "of the process") reached its limit\(limit); "
        + "the machine was not out of memory."
    case .shortage: return shortage
    case .noShortage(let reason): return noShortage(reason)
    case .unknown(let reason): return unknown(reason)
    }
  }

  private func imbalance(_ places: [OOMPlace]) -> String {
    let what = places.map(\.title).joined(separator: " and ")
    var text = "The kernel zones were used up (\(usable.free.text) free"
    if usable.managed > 0 { text += " of \(usable.managed.text)" }
    text += ") while \(places.map(Self.amount).joined(separator: ", and ")) in "
    if places.contains(where: { $0.kind == .highMem }) {
      return text + "\(what), which a 32-bit kernel can't use for itself."
    }
    guard request == .movable else { return text + "\(what), which only user pages may use." }
    return "Without its CMA areas the zones were used up; \(elsewhere.free.text) was free in them, "
      + "which the kernel did not lend although the request was for movable memory."
  }

  private func fragmentation(_ pieces: OOMCause.Pieces) -> String {
    var text = "\(pieces.free.text) was free, above the watermark, but "
    if pieces.withheld > 0 {
      text +=
        "of \(pieces.wanted.text) or more there were only \(pieces.withheld) "
        + (pieces.withheld == 1 ? "block" : "blocks")
        + ", which kernels before 4.4 don't give: they ask for a watermark in each order."
    } else {
      text += "no block of \(pieces.wanted.text) was to be had"
      if pieces.kept > 0 {
        let blocks = pieces.kept == 1 ? "the one block" : "the \(pieces.kept) blocks"
        text += ": \(blocks) of that size or more are kept for CMA or for requests that can't wait"
      }
      text += "."
    }
    for place in pieces.beside {
      text +=
        " \(Self.amount(place).capitalizedFirst) in \(place.title), which the request could "
        + "not use."
    }
    return text
  }

  private func urgent(_ left: OOMReclaimable) -> String {
    let free = usable.free.text + (usable.managed > 0 ? " of \(usable.managed.text)" : "")
    if report.isByReclaim {
      return "The zones that the request could use were used up (\(free) free) when reclaim itself "
        + "(\(report.task)) needed memory, which can't wait for itself; \(Self.list(left)) was still "
        + "to be freed."
    }
    let who =
      report.canWait == false ? "A request that can't wait" : "A request that gives up at once"
    return "\(who) came when \(free) was left; \(Self.list(left)) could have been freed, "
      + "had there been time."
  }

  private var shortage: String {
    var text = "All memory that could be used was used: \(usable.free.text) was left"
    if usable.managed > 0 { text += " of \(usable.managed.text)" }
    guard report.pages(.free) != nil else {
      return text + " (the report has no total to tell whether there was more)."
    }
    guard let left = usable.reclaimable else {
      return text + ", and nothing worth having elsewhere."
    }
    return text + ", \(left.pages.text) could have been dropped or swapped out, and nothing worth "
      + "having lay elsewhere."
  }

  private func noShortage(_ reason: OOMCause.NoShortage) -> String {
    switch reason {
    case .calledByHand:
      return "The OOM killer was called by hand (sysrq f): nothing need have been short."
    case .pageFault:
      return
        "A page fault failed, and what was asked for is not in the report; \(usable.free.text) "
        + "was free, above the watermarks. A cgroup's limit on kernel memory does that."
    case .addressSpace:
      let size = report.length.map { " \($0.text)" } ?? ""
      return "vmalloc found no room for\(size) between the other areas of its address space; pages "
        + "were not what was missing."
    case .hugeVmalloc:
      return "vmalloc found no free block of \(blockSize) and makes do with small pages; "
        + "\(usable.free.text) was free."
    case .brokenCount(let zone):
      return
        "The watermarks of node \(zone.node) \(zone.kind.name) are more than the machine has: its "
        + "count of pages went below zero. The kernel took the zone for used up while "
        + "\((zone.bytes(.free) ?? 0).text) was free in it."
    case .beforeMemory:
      return "The request came while booting, before the kernel had handed memory to its page "
        + "allocator: all zones had 0 free and watermarks of 0."
    case .shown:
      return "No allocation failed: someone asked the kernel to show its memory (sysrq m)."
    }
  }

  private func unknown(_ reason: OOMCause.Unknown) -> String {
    switch reason {
    case .requestLost:
      return "The line that names the request (`invoked oom-killer`, `page allocation failure`) is "
        + "missing: which zones would have done can't be told from the rest."
    case .noNumbers:
      if report.gfpMask == 0 {
        return
          "A page fault failed, and what was asked for is not in the report. A cgroup's limit on "
          + "kernel memory does that."
      }
      return "The report has no numbers to judge by: give the log with the lines from Mem-Info on."
    case .noZones:
      return "The report has no lines of zones that the request could use: give the log with all "
        + "lines from Mem-Info on."
    case .cut:
      return "The zones that are left of the report were used up; it was cut before all were told: "
        + "give the log with all lines behind Mem-Info."
    case .otherNodesNotTold:
      return "\(usable.free.text) was left on \(nodes), which the process was bound to; the report "
        + "does not tell what other nodes had."
    case .vendorZone(let name):
      return "The zones that the request could use were used up (\(usable.free.text) free); zone "
        + "\(name), which mainline kernels don't have, was not, and whether it would have done can't "
        + "be told."
    case .cameFree:
      return
        "\(usable.free.text) was free, above the watermarks, when the report was printed; what "
        + "was short before can't be told from it."
    case .blocksFree(let count):
      let blocks = count == 1 ? "1 block" : "\(count) blocks"
      return
        "\(usable.free.text) was free, above the watermarks, and \(blocks) of \(blockSize) or more "
        + "among it, when the report was printed; what was short before can't be told from it."
    case .noLists:
      return
        "\(usable.free.text) was free, above the watermarks; whether in blocks of \(blockSize) "
        + "can't be told without the lists of free blocks (`Normal: 5*4kB ...`)."
    }
  }

  // MARK: Words

  /// `2.56 GiB was free`, with what could have been freed where that is worth naming.
  static func amount(_ place: OOMPlace) -> String {
    let free = place.memory.free
    guard let left = place.memory.reclaimable, left.pages > .mebibytes(1) else {
      return "\(free.text) was free"
    }
    return "\(free.text) was free and \(list(left)) could have been freed"
  }

  static func list(_ left: OOMReclaimable) -> String {
    var parts: [String] = []
    if left.cleanCache > 0 { parts.append("\(left.cleanCache.text) of clean page cache") }
    if left.slab > .mebibytes(1) { parts.append("\(left.slab.text) of reclaimable slab") }
    if left.swappable > 0 {
      parts.append("\(left.swappable.text) of user memory for which swap was free")
    }
    let last = parts.popLast() ?? "nothing"
    let text = parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
    return left.isAtLeast ? "at least \(text)" : text
  }

  var nodes: String {
    let names = boundNodes.map { "\($0)" }.joined(separator: ", ")
    return boundNodes.count == 1 ? "node \(names)" : "nodes \(names)"
  }

  /// What was asked for, as a block of the buddy allocator.
  var blockSize: String {
    let memory = OOMMemory(report)
    return (memory?.requested ?? (report.pageSize ?? .kib4).bytes).text
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
