internal import HostModel
internal import KernelBehavior

extension Prediction {
  /// What may surprise the person who wrote the command line, as findings of the rules it falls
  /// under.
  static func findings(
    _ arguments: ZoneArguments,
    before: BootLayout,
    after layout: BootLayout,
    inputs: BootLayoutInputs,
    blockSize: ByteCount?
  ) -> [Finding] {
    let surprises = LayoutSurprises.find(
      arguments,
      before: before,
      after: layout,
      inputs: inputs,
      blockSize: blockSize
    )
    let ratios = RatioOverLimit.findings(in: layout, pageSize: inputs.map.pageSize)
    return (surprises.map(finding) + ratios).sorted { $0.severity > $1.severity }
  }

  private static func finding(_ surprise: LayoutSurprise) -> Finding {
    switch surprise {
    case .misread(_, _, let trap): finding(of: trap, surprise)
    case .lookalike: spoken(UnknownSpelling.self, .warning, surprise)
    case .crash: spoken(ArgumentCrashes.self, .error, surprise)
    case .noMovable, .largerThanMemory, .nothingHotPluggable, .nothingMirrored:
      spoken(ArgumentWithoutEffect.self, .warning, surprise)
    case .bothSizes: spoken(ArgumentWithoutEffect.self, .note, surprise)
    case .mirrorTakesUnmirrored: spoken(ArgumentMisread.self, .error, surprise)
    case .tooLittleKernelMemory: spoken(KernelZonesShort.self, .error, surprise)
    case .nodeWithoutKernelMemory(let node, _):
      spoken(NodeWithoutKernelMemory.self, .error, surprise, node)
    case .starvedNode(let node, _, _), .sliver(let node, _, _):
      spoken(NodeWithoutKernelMemory.self, .warning, surprise, node)
    case .lowMemoryCountsFirst(let node, _, _, _), .nodeSmallerThanShare(let node, _, _):
      spoken(NodeWithoutKernelMemory.self, .note, surprise, node)
    case .boundaryInsideBlock(let node, _, _):
      spoken(BoundaryInsideBlock.self, .note, surprise, node)
    }
  }

  private static func finding(
    of trap: ZoneArgumentWord.Trap,
    _ surprise: LayoutSurprise
  ) -> Finding {
    switch trap {
    case .overriddenByLater, .ignoredByMovableNode, .ignoredByMirror, .malformed, .notSupported,
      .zeroPages, .zeroPercent, .mirrorNotSupported, .mayComeFromBootconfig:
      spoken(ArgumentWithoutEffect.self, .warning, surprise)
    case .crash: spoken(ArgumentCrashes.self, .warning, surprise)
    default: spoken(ArgumentMisread.self, .warning, surprise)
    }
  }

  private static func spoken<R: Rule>(
    _ rule: R.Type,
    _ severity: Finding.Severity,
    _ surprise: LayoutSurprise,
    _ node: NodeID? = nil
  ) -> Finding where R.Detail == SpokenDetail {
    Finding(
      rule,
      severity,
      node: node,
      message: surprise.description,
      evidence: ["the layout that these arguments give"]
    )
  }
}
