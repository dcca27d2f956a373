internal import HostModel
internal import KernelText

/// ZW121: memory that a kubelet keeps from pods, which keeps none for the kernel.
enum KubeletReservation: ArgumentRule {
  static let about = RuleDescription(
    code: "ZW121",
    slug: "kubelet-reservation",
    title: "The kubelet keeps memory of a node, not of a zone",
    causes: ["kubelet.reserved"],
    why: """
      reservedMemory is an account: the kubelet's memory manager lends pods that much less of a NUMA \
      node. It doesn't ask in which zone the rest is. On a node of mostly ZONE_MOVABLE, what is kept \
      may all be Movable, and kernel memory fails beside it.
      """,
    observes: "reservedMemory of KubeletConfiguration and KubeletConfig",
    severity: .note,
    remedy: """
      keep memory for the kernel with the sizes of the zones (kernelcore=, movablecore=), and leave \
      reservedMemory for the pods' account
      """,
    reference: "https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/",
    kernels: "all"
  )

  /// The node's number and a size, as the file has them.
  struct Detail: FindingDetail {
    var node: String
    var size: String
    var amounts: FindingAmounts { [:] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "the kubelet keeps \(detail.size) of node \(detail.node) from pods, in whatever zone it is: "
        + "what it keeps may be Movable, and helps no kernel memory then"
    )
  }

  static func remedy(for detail: Detail) -> Remedy {
    .action("see to kernel memory with kernelcore= or movablecore= if the node has ZONE_MOVABLE")
  }

  static func findings(in context: ArgumentContext) -> [Finding] {
    context.words.compactMap { word in
      guard word.normalizedName == "kubelet.reserved", let value = word.value,
        let colon = value.firstIndex(of: ":")
      else { return nil }
      let node = String(value[..<colon])
      let size = String(value[value.index(after: colon)...])
      return finding(
        Detail(node: node, size: size),
        on: UInt32(node).map { .node(NodeID($0)) } ?? .argument("reservedMemory"),
        at: .commandLine(byte: word.range.lowerBound, column: word.column),
        evidence: [Evidence("reservedMemory", "node \(node)", size)]
      )
    }
  }
}
