internal import HostModel

/// ZW407: a node of which nothing can be pinned.
enum MovableNodeUnpinnable: HostRule {
  static let about = RuleDescription(
    code: "ZW407",
    slug: "unpinnable-node",
    title: "Nothing on this node can be pinned",
    causes: ["pinners"],
    why: """
      A node that is all ZONE_MOVABLE has no page that a long-term pin can stay in. The pages move \
      to other nodes first, whatever the memory policy says (membind too). A program that a cpuset \
      keeps to the node (cpuset.mems) can't pin at all: the pages may not leave, and may not stay.
      """,
    observes: "zones of each node, has_normal_memory, devices that pin",
    severity: RuleSeverity(
      .warning ... .warning,
      usual: .warning,
      "warning beside devices that pin; else silent"
    ),
    remedy: "give programs that pin a cpuset.mems with a node that has kernel memory",
    reference: "mm/gup.c, migrate_longterm_unpinnable_folios; mm/migrate.c, alloc_migration_target",
    kernels: "since 5.13"
  )

  struct Detail: FindingDetail {
    var devices: [PinningDevice]
    var node: NodeID
    /// All memory of the node.
    var size: ByteCount

    var amounts: FindingAmounts { ["size": .bytes(size)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .warning }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.devices.names): none of node \(detail.node)'s \(detail.size.text) can be pinned"
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let facts = PinFacts(context)
    guard context.facts.hasMovable, facts.migrateFirst else { return .notApplicable }
    let nodes = context.facts.nodes.filter { $0.movablePresent > 0 && $0.kernelPresent == .zero }
    guard context.snapshot.devices.pinners.value != nil else {
      guard !nodes.isEmpty else { return .passed }
      return .unknown(
        context.snapshot.devices.pinners.reason,
        effect: "whether anything pins memory of nodes that are all Movable is unknown"
      )
    }
    guard !facts.likely.isEmpty else { return .notApplicable }
    let normal =
      context.snapshot.nodesWithNormalMemory.value?.map { "\($0)" }.joined(separator: ",")
      ?? "unknown"
    return .findings(
      nodes.map { account in
        finding(
          Detail(devices: facts.likely, node: account.node, size: account.movablePresent),
          on: .node(account.node),
          evidence: [
            Evidence("zoneinfo", "node \(account.node)", "no kernel zone"),
            Evidence("/sys/devices/system/node/has_normal_memory", nil, normal),
          ] + facts.likely.evidence
        )
      }
    )
  }
}
