internal import Advice
internal import KernelText
internal import Testing

/// A report of a machine with such zones, in the form of 5.x kernels; sizes in MiB.
struct OOMMade {
  struct Zone {
    var name: String
    var free: Int
    var managed: Int
    var node = 0
    /// The low watermark; min and high lie a quarter below and above.
    var low = 20
    var cma = 0
    var reserved = 0
    var file = 0
    var anon = 0
    /// Dirty and written file pages.
    var pending = 0
    var list = "1*4kB (U) 0*8kB 0*16kB 0*32kB 0*64kB 9*128kB (UM)"
    var lowmemReserve = "0 0 0 0 0"
  }

  var first = "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"
  var cpu = "CPU: 1 PID: 7 Comm: app Not tainted 5.15.0 #1"
  var trace: [String] = []
  var zones: [Zone]
  /// Unreclaimable slab, so that what holds the memory is counted.
  var slab: Int?
  var swap = 0
  var end = "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0-1"

  var text: String {
    func sum(_ size: (Zone) -> Int) -> Int { zones.map(size).reduce(0, +) * 256 }
    // Unless it is told, nothing is missing in the counters.
    let held = sum { $0.managed - $0.free - $0.file - $0.anon }
    var lines = [first, cpu, "Call Trace:"] + trace
    lines += [
      "Mem-Info:", "active_anon:\(sum(\.anon)) inactive_anon:0 isolated_anon:0",
      " active_file:\(sum(\.file)) inactive_file:0 isolated_file:0",
      " unevictable:0 dirty:\(sum(\.pending)) writeback:0",
      " slab_reclaimable:0 slab_unreclaimable:\(slab.map { $0 * 256 } ?? held)",
      " free:\(sum(\.free)) free_pcp:0 free_cma:0",
    ]
    for zone in zones {
      let (low, node) = (zone.low << 10, zone.name == "HighMem" ? "" : "Node \(zone.node) ")
      lines.append(
        "\(node)\(zone.name) free:\(zone.free << 10)kB min:\(low * 3 / 4)kB low:\(low)kB "
          + "high:\(low * 5 / 4)kB reserved_highatomic:\(zone.reserved << 10)KB "
          + "active_anon:\(zone.anon << 10)kB inactive_anon:0kB active_file:\(zone.file << 10)kB "
          + "inactive_file:0kB unevictable:0kB writepending:\(zone.pending << 10)kB "
          + "present:\(zone.managed << 10)kB managed:\(zone.managed << 10)kB "
          + "free_cma:\(zone.cma << 10)kB"
      )
      lines.append("lowmem_reserve[]: \(zone.lowmemReserve)")
    }
    for zone in zones { lines.append("Node \(zone.node) \(zone.name): \(zone.list) = 1kB") }
    lines += [
      "Free swap  = \(swap << 10)kB", "Total swap = \(swap << 10)kB",
      "\(sum(\.managed)) pages RAM", "0 pages HighMem/MovableOnly", "0 pages reserved", end,
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  func diagnosis() throws -> OOMDiagnosis { try OOMDiagnosisTests.diagnose(text) }

  func changed(_ change: (inout OOMMade) -> Void) -> OOMMade {
    var made = self
    change(&made)
    return made
  }
}
