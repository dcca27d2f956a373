package import Advice
package import HostModel
internal import Profiles

extension HostHistory {
  /// Takes in what was found out about the host at some time: its terms, its zones, its verdict's
  /// numbers. What is not known is no sample.
  package mutating func append(_ assessment: Assessment, at time: Int64) {
    for sample in Self.samples(of: assessment) { append(sample.key, at: time, sample.value) }
  }

  /// Every number of an assessment that is worth keeping.
  package static func samples(of assessment: Assessment) -> [(key: HistoryKey, value: ByteCount)] {
    var samples: [(key: HistoryKey, value: ByteCount)] = []
    func add(_ quantity: HistoryQuantity, _ node: NodeID?, _ value: ByteCount?) {
      if let value { samples.append((HistoryKey(quantity, node: node), value)) }
    }
    let current = assessment.current
    let demand = assessment.demand.value
    add(.memoryTotal, nil, assessment.snapshot.meminfo.memTotal.value)
    add(.kernelPresent, nil, current.kernel)
    add(.movablePresent, nil, current.movable)
    add(.kernelUse, nil, demand?.now)
    add(.headroom, nil, current.headroom.value)
    add(.fullHeadroomLeast, nil, current.full.value?.least)
    add(.fullHeadroomLikely, nil, current.full.value?.likely)
    add(.needed, nil, demand?.needed)
    add(.margin, nil, demand?.margin)
    for node in current.nodes {
      add(.kernelPresent, node.node, node.kernel)
      add(.movablePresent, node.node, node.movable)
      add(.kernelFree, node.node, node.freeKernel.value)
      add(.movableFree, node.node, node.freeMovable.value)
      add(.headroom, node.node, node.headroom.value)
      add(.needed, node.node, demand?.neededByNode[node.node])
    }
    let terms = demand?.terms ?? []
    for term in terms where HistoryQuantity(id: term.id.id) != nil {
      // Pinned pages stay user pages: they are told once.
      let told = term.id == .stuckUserPages ? terms.filter { $0.id == .pinned } : []
      let pinned = told.filter { $0.node == term.node }.map(\.now).total()
      add(.term(term.id), term.node, term.now.subtractingOrZero(pinned))
    }
    return samples
  }
}
