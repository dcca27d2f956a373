internal import Advice
internal import Foundation
internal import HostModel
internal import KernelText
internal import TestSupport
internal import Testing

@Suite("OOM reports: diagnosis")
struct OOMDiagnosisTests {
  static func diagnose(_ text: String) throws -> OOMDiagnosis {
    let bytes = Array(text.utf8)
    let log = OOMLogDiagnosis(try OOMReportText.parse(bytes.span, file: "log"))
    return try #require(log.diagnosis)
  }

  @Test(
    "kernels that were run out of memory on purpose",
    arguments: [
      ("5.10-oom-imbalance", OOMDiagnosis.Cause.zoneImbalance, true),
      ("6.1-oom-imbalance", .zoneImbalance, false), ("6.12-oom-imbalance", .zoneImbalance, false),
      ("7.x-oom-imbalance", .zoneImbalance, false), ("6.12-oom-two", .zoneImbalance, false),
      ("5.10-oom-plain", .shortage, true), ("6.1-oom-plain", .shortage, true),
      ("6.12-oom-plain", .shortage, true), ("7.x-oom-plain", .shortage, true),
    ]
  )
  func booted(log: String, cause: OOMDiagnosis.Cause, isPrinted: Bool) throws {
    let diagnosis = try Self.diagnose(try Fixtures.text("OOM/\(log).log"))
    #expect(diagnosis.cause == cause)
    #expect(diagnosis.elsewhereIsPrinted == isPrinted)
    #expect(!diagnosis.answer.isEmpty)
    #expect(!diagnosis.remedies.isEmpty)
  }

  /// A two-node machine in the form of 5.x and newer kernels; sizes in MiB of each node's zones.
  private func report(
    flags: String = "0xcc0(GFP_KERNEL)",
    order: Int = 0,
    constraint: String = "CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0-1",
    zones: [(node: Int, name: String, free: Int, low: Int, managed: Int, cma: Int, list: String)]
  ) -> String {
    let free = zones.map(\.free).reduce(0, +) * 256
    let managed = zones.map(\.managed).reduce(0, +) * 256
    var lines = [
      "app invoked oom-killer: gfp_mask=\(flags), order=\(order), oom_score_adj=0",
      "Mem-Info:", "active_anon:1 inactive_anon:2 isolated_anon:0",
      " free:\(free) free_pcp:0 free_cma:0",
      "Node 0 active_anon:4kB kernel_stack:640kB all_unreclaimable? yes",
      "Node 1 active_anon:4kB kernel_stack:640kB all_unreclaimable? yes",
    ]
    for zone in zones {
      let (low, cma) = (zone.low << 10, zone.cma << 10)
      lines.append(
        "Node \(zone.node) \(zone.name) free:\(zone.free << 10)kB boost:0kB min:\(low * 3 / 4)kB "
          + "low:\(low)kB high:\(low * 5 / 4)kB reserved_highatomic:0KB "
          + "managed:\(zone.managed << 10)kB free_cma:\(cma)kB"
      )
      lines.append("lowmem_reserve[]: 0 0 0 0 0")
    }
    for zone in zones { lines.append("Node \(zone.node) \(zone.name): \(zone.list)") }
    lines += ["Total swap = 0kB", "\(managed) pages RAM", "0 pages reserved"]
    lines.append("oom-kill:constraint=\(constraint),global_oom,task=app,pid=1,uid=0")
    lines.append("Out of memory: Killed process 1 (app) total-vm:1kB")
    return lines.joined(separator: "\n")
  }

  private let whole = "1*4kB (U) 0*8kB 0*16kB 0*32kB 0*64kB 9*128kB (UM) = 1156kB"

  @Test("a cpuset of a node that has only Movable memory")
  func movableOnly() throws {
    let diagnosis = try Self.diagnose(
      report(
        constraint: "CONSTRAINT_CPUSET,nodemask=(null),cpuset=cxl,mems_allowed=1",
        zones: [
          (0, "Normal", 4000, 20, 16000, 0, whole), (1, "Movable", 12000, 20, 16000, 0, whole),
        ]
      )
    )
    #expect(diagnosis.cause == .movableOnlyBinding)
    #expect(diagnosis.answer.contains("node 1"))
    #expect(diagnosis.remedies.contains { $0.contains("has_normal_memory") })
  }

  @Test("a memory policy for a node that is full, and another that is not")
  func fullNode() throws {
    let diagnosis = try Self.diagnose(
      report(
        flags: "0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO)",
        constraint: "CONSTRAINT_MEMORY_POLICY,nodemask=0,cpuset=/,mems_allowed=0-1",
        zones: [
          (0, "Normal", 14, 20, 16000, 0, whole), (1, "Normal", 12000, 20, 16000, 0, whole),
        ]
      )
    )
    #expect(diagnosis.cause == .nodeBinding)
  }

  @Test("a CMA area that has all that is free")
  func cma() throws {
    let diagnosis = try Self.diagnose(
      report(zones: [(0, "Normal", 520, 20, 2000, 510, whole)])
    )
    #expect(diagnosis.cause == .zoneImbalance)
    #expect(diagnosis.remedies.contains { $0.contains("cma=") })
  }

  @Test("an order that no free block has, with enough free")
  func fragmented() throws {
    let pieces = "9000*4kB (UME) 800*8kB (UE) 0*16kB 0*32kB 0*64kB 0*128kB = 42400kB"
    let diagnosis = try Self.diagnose(
      report(order: 4, zones: [(0, "Normal", 41, 20, 2000, 0, pieces)])
    )
    #expect(diagnosis.cause == .fragmentation)
    #expect(diagnosis.answer.contains("64.0 KiB"))
  }

  @Test("free blocks that only movable pages or urgent requests may have are none")
  func unusableBlocks() throws {
    let pieces = "9000*4kB (UME) 0*8kB 0*16kB 5*32kB (H) 5*64kB (C) 0*128kB = 41000kB"
    let diagnosis = try Self.diagnose(
      report(order: 3, zones: [(0, "Normal", 41, 20, 2000, 0, pieces)])
    )
    #expect(diagnosis.cause == .fragmentation)
  }

  @Test("a cgroup at its limit is not the machine's doing")
  func cgroup() throws {
    let diagnosis = try Self.diagnose(
      """
      app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
      memory: usage 524288kB, limit 524288kB, failcnt 12
      Memory cgroup stats for /web:
      oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/web,task_memcg=/web,task=app,pid=7,uid=0
      Memory cgroup out of memory: Killed process 7 (app) total-vm:1kB
      """
    )
    #expect(diagnosis.cause == .cgroupLimit)
    #expect(diagnosis.answer.contains("/web"))
    #expect(diagnosis.answer.contains("512 MiB"))
  }

  @Test("a report without numbers is not judged")
  func empty() throws {
    let diagnosis = try Self.diagnose("app invoked oom-killer: gfp_mask=0xcc0, order=0")
    #expect(diagnosis.cause == .unknown)
    #expect(diagnosis.answer.contains("Mem-Info"))
  }

  @Test("more free Movable memory never turns an imbalance into a shortage")
  func monotonic() throws {
    for free in [200, 400, 1000, 4000, 15000] {
      let text = report(
        zones: [(0, "Normal", 14, 20, 4000, 0, whole), (0, "Movable", free, 20, 1600, 0, whole)]
      )
      #expect(try Self.diagnose(text).cause == .zoneImbalance, "\(free)")
    }
  }

  // MARK: Requests that can't wait

  private func urgent(_ request: String, cache: Int, reserved: Int = 0) -> String {
    """
    swapper/0: page allocation failure: \(request), nodemask=(null),cpuset=/,mems_allowed=0
    Mem-Info:
    active_anon:1000 inactive_anon:1000 isolated_anon:0
     active_file:\(cache) inactive_file:0 isolated_file:0
     free:20000 free_pcp:0 free_cma:0
    Node 0 Normal free:80000kB boost:0kB min:70000kB low:90000kB high:110000kB \
    reserved_highatomic:\(reserved)KB active_file:\(cache * 4)kB managed:16000000kB free_cma:0kB
    lowmem_reserve[]: 0 0 0 0 0
    Node 0 Normal: 20000*4kB (UME) 0*8kB = 80000kB
    4000000 pages RAM
    0 pages reserved
    """.replacing("\\\n", with: "")
  }

  @Test(
    "a request that can't wait fails beside page cache, one that can has none to drop",
    arguments: [
      ("order:0, mode:0x820(GFP_ATOMIC)", 900_000, OOMDiagnosis.Cause.urgentRequest),
      ("order:0, mode:0x800(GFP_NOWAIT)", 900_000, .urgentRequest),
      ("order:0, mode:0x4020", 900_000, .urgentRequest),
      ("order:0, mode:0x820(GFP_ATOMIC)", 100, .shortage),
      ("order:0, mode:0xcc0(GFP_KERNEL)", 900_000, .reclaimStuck),
      ("order:0, mode:0x10d0", 900_000, .reclaimStuck),
      ("order:0, mode:0xcc0(GFP_KERNEL)", 100, .shortage),
      ("order:0, mode:0x10cc0(GFP_KERNEL|__GFP_NORETRY)", 900_000, .urgentRequest),
    ]
  )
  func cannotWait(request: String, cache: Int, cause: OOMDiagnosis.Cause) throws {
    #expect(try Self.diagnose(urgent(request, cache: cache)).cause == cause)
  }

  @Test(
    "a reserve for urgent requests counts where it is most of what is free",
    arguments: [(60_000, OOMDiagnosis.Cause.urgentReserve), (4_000, .shortage), (0, .shortage)]
  )
  func reserve(reserved: Int, cause: OOMDiagnosis.Cause) throws {
    let text = urgent("order:0, mode:0xcc0(GFP_KERNEL)", cache: 0, reserved: reserved)
      .replacing("free:80000kB", with: "free:91000kB")
    // Without a reserve this much would do.
    let isEnough = try Self.diagnose(text).cause == .unknown
    #expect(isEnough == (reserved == 0))
    if reserved > 0 { #expect(try Self.diagnose(text).cause == cause) }
  }

  @Test("since 6.13 what is free of the reserve is counted, not the reserve")
  func freeReserve() throws {
    let text = urgent("order:0, mode:0xcc0(GFP_KERNEL)", cache: 0, reserved: 60_000)
      .replacing("free:80000kB", with: "free:91000kB")
      .replacing("60000KB", with: "60000KB free_highatomic:0KB")
    #expect(try Self.diagnose(text).cause == .unknown)
  }

  @Test("bound to full nodes, and nothing is said of others: not judged")
  func blind() throws {
    let text = """
      app invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE), nodemask=1, order=0
      Node 1 Normal free:19500kB min:33804kB low:165916kB high:298028kB managed:132113248kB
      Node 1 Normal: 1*4kB (U) = 19500kB
      """
    let diagnosis = try Self.diagnose(text)
    #expect(diagnosis.cause == .unknown)
    #expect(diagnosis.answer.contains("other nodes"))
  }
}
