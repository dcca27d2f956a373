internal import HostModel
internal import KernelText

/// What the diagnosis says.
extension OffliningDiagnosis {
  package var headline: String {
    switch prospect {
    case .never: "NEVER GOES OFFLINE."
    case .whenFreed: "HELD."
    case .later: "BUSY."
    case .unknown: "NOT TOLD."
    }
  }

  package var answer: String {
    if isBootMemory {
      return
        "Boot memory of an arm64 machine was to go offline: arm64 refuses every block that was "
        + "there at boot."
    }
    let what = block.map { "memory\($0) would not go offline" } ?? "Memory would not go offline"
    guard let page, holder != .unknown else {
      return "\(what); the log does not show which page was in the way, or too little of it."
    }
    let place = page.frame.map { " (page frame 0x\(String($0, radix: 16)))" } ?? ""
    return "\(what): \(held(page)) is in the way\(place)" + consequence + "."
  }

  private func held(_ page: DumpedPage) -> String {
    switch holder {
    case .reserved:
      return "a page that was reserved at boot (descriptors, hash tables, per-CPU areas, firmware)"
    case .slab: return "a slab page, which holds objects of the kernel and can't move,"
    case .pageTable: return "a page table, which can't move,"
    case .balloon: return "a page that a balloon or a device driver took offline for itself"
    case .hugeTLB: return "a HugeTLB page, which found no free one elsewhere to move to,"
    case .cma: return "part of a CMA area, which only its owner may isolate,"
    case .poisoned: return "a poisoned page"
    case .pinned:
      if let pins = page.pins, pins > 0 {
        return "a page that is pinned (\(pins) pins: VFIO, RDMA, io_uring, O_DIRECT)"
      }
      return "a page with \(page.references ?? 0) references, of which page tables have "
        + "\(page.mapped ?? 0): someone holds it (a pin, I/O under way). It"
    case .anonymous:
      guard page.reason.hasPrefix("unmovable") else {
        return "an anonymous page that did not migrate"
      }
      let zone = zoneName == "Movable" ? "" : " in a kernel zone"
      return "an anonymous page\(zone), which was on no list of reclaim at that moment,"
    case .file: return "a page of a file that did not migrate"
    case .kernel: return "a page of the kernel's (no slab; of no kind that the dump names)"
    case .unknown: return "a page"
    }
  }

  private var consequence: String {
    switch holder {
    case .reserved: "; such pages never move, in ZONE_MOVABLE either"
    case .slab, .pageTable, .kernel: "; it goes once it is freed"
    default: ""
    }
  }

  package var evidence: [String] {
    var lines: [String] = []
    if let first = firstByte {
      var line = "address 0x\(String(first.count, radix: 16))"
      if let last = lastByte { line += " to 0x\(String(last.count, radix: 16))" }
      let number = first.count >> 27
      if block == nil, lastByte == nil {
        line += ": memory\(number) where blocks are 128 MiB and pages 4 KiB"
      }
      lines.append(line)
    }
    if let page {
      var line = page.type.isEmpty ? "flags" : "\(page.type) page, flags"
      line += ": " + (page.flags.isEmpty ? "none" : page.flags.joined(separator: ", "))
      if let type = page.pageType { line += "; type \(type)" }
      lines.append(line)
      if let zone = page.zone {
        let name = zoneName.map { ", which is \($0) on x86-64 and arm64" } ?? ""
        lines.append("zone number \(zone)\(name)" + (page.node.map { ", node \($0)" } ?? ""))
      }
      if let file = page.file { lines.append("of a file: \(file)") }
      if !page.owner.isEmpty {
        lines.append("allocated by \(page.owner.prefix(6).joined(separator: " < "))")
      }
    }
    for failure in log.failures.suffix(4) { lines += said(failure) }
    if log.pages.count > 1 { lines.append("pages in the way: \(log.pages.count)") }
    if !log.offlined.isEmpty {
      let count = log.offlined.count
      lines.append("\(count == 1 ? "1 other block" : "\(count) other blocks") went offline")
    }
    return lines
  }

  private func said(_ failure: OffliningLog.Failure) -> [String] {
    switch failure.kind {
    case .migration(let frame, let result):
      let why = result == -12 ? " (no memory to move it to)" : result > 0 ? " (still in use)" : ""
      return ["page frame 0x\(String(frame, radix: 16)) did not migrate: \(result)\(why)"]
    case .isolation(let frame):
      return ["page frame 0x\(String(frame, radix: 16)) could not be taken off its list"]
    case .range(_, _, let reason): return reason.isEmpty ? [] : ["the kernel's reason: \(reason)"]
    case .hotRemove(let text): return ["line \(failure.line): \(text)"]
    case .block, .bootMemory: return []
    }
  }

  package var remedies: [String] {
    var lines: [String] = []
    if isBootMemory {
      lines.append("only memory that was hot-added can leave an arm64 machine: add it as a device")
    } else {
      lines += byHolder
    }
    lines.append("zonewise blocks, as root on the host, says of every block what is in its way")
    return lines
  }

  private var byHolder: [String] {
    let asMovable =
      "memory that shall leave again goes online as Movable (online_movable, or "
      + "memhp_default_state=online_movable): kernel memory then stays out of it"
    switch holder {
    case .reserved:
      return [
        "take other blocks: reserved pages lie at the top of each node's boot memory and in the first "
          + "block; hot-added memory has none",
        "to have whole blocks free of them, add the memory after boot or use movable_node",
      ]
    case .slab, .pageTable, .kernel:
      return [
        asMovable,
        holder == .slab
          ? "reclaimable slabs may go: echo 2 > /proc/sys/vm/drop_caches, then try again"
          : "a restart of what uses it may free it; page_owner=on tells who allocated it",
      ]
    case .balloon: return ["let the balloon or device give its pages back, then try again"]
    case .hugeTLB:
      return ["free HugeTLB pages elsewhere (nr_hugepages of another node), then try again"]
    case .cma:
      return ["blocks with CMA areas stay: make them smaller or place them (cma=SIZE@START)"]
    case .poisoned:
      return ["unpoison is for tests: leave the block online, or offline after a reboot"]
    case .pinned:
      return [
        "end what pins it (VMs with passed-through devices, RDMA, io_uring buffers); VmPin in "
          + "/proc/PID/status counts pins",
        "since 5.13 long-term pins are moved out of ZONE_MOVABLE first: update older kernels",
      ]
    case .anonymous:
      return [asMovable, "try again: such a page is often back on its list a moment later"]
    case .file:
      return [
        "try again after sync; a file system that can't migrate its pages holds them until then"
      ]
    case .unknown:
      return ["give the lines in front of `page dumped because`: they show the page and its flags"]
    }
  }
}
