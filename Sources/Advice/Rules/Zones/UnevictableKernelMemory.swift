internal import HostModel

/// ZW112: ramfs, secret memory and guest_memfd in kernel zones.
enum UnevictableKernelMemory: HostRule {
  static let about = RuleDescription(
    code: "ZW112",
    slug: "unevictable-kernel-memory",
    title: "ramfs, secret memory or guest memory in kernel zones",
    why: """
      Files in ramfs (also the root file system of an initramfs that is no tmpfs), memfd_secret \
      and KVM's guest_memfd are allocated without __GFP_MOVABLE and never evicted: kernel memory \
      for as long as they live, though ramfs shows up under Cached. Shared memory that was locked \
      with SHM_LOCK is counted here as well: it stays in memory, but it can move.
      """,
    observes: "/proc/zoneinfo nr_zone_unevictable minus nr_mlock of the kernel zones",
    remedy: "put large files on tmpfs or a disk; size kernel zones for confidential guests",
    reference: "fs/ramfs/inode.c; mm/secretmem.c; virt/kvm/guest_memfd.c",
    kernels: "all; memfd_secret since 5.14, guest_memfd since 6.8"
  )

  struct Detail: FindingDetail {
    var node: NodeID
    var unevictable: KernelShare

    var amounts: FindingAmounts { unevictable.amounts }
  }

  static func severity(of detail: Detail) -> Finding.Severity {
    detail.unevictable.severity ?? .note
  }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "node \(detail.node): memory that can never be evicted takes "
        + "\(detail.unevictable.size.text), \(detail.unevictable.text)"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    var findings: [Finding] = []
    for account in context.facts.nodes where account.kernelPresent > 0 {
      guard case .known(let size, _) = account.unevictableKernel else {
        return .unknown(
          account.unevictableKernel.reason,
          effect: "ramfs and secret memory in kernel zones are unknown"
        )
      }
      let share = context.share(of: size, on: account)
      guard share.severity != nil else { continue }
      findings.append(
        finding(
          Detail(node: account.node, unevictable: share),
          on: .node(account.node),
          evidence: [
            Evidence(
              "zoneinfo",
              "node \(account.node)",
              "nr_zone_unevictable − nr_mlock = \(size.text)"
            ),
            Evidence(
              "meminfo",
              "Unevictable \(context.meminfo.unevictable.value?.text ?? "unknown"), "
                + "Mlocked \(context.meminfo.mlocked.value?.text ?? "unknown")"
            ),
          ]
        )
      )
    }
    return .findings(findings)
  }
}
