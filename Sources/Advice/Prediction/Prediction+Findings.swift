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
    let (rule, severity, node) = classify(surprise)
    return Finding(
      rule,
      severity,
      node: node,
      message: surprise.description,
      evidence: ["the layout that these arguments give"]
    )
  }

  private static func classify(
    _ surprise: LayoutSurprise
  ) -> (rule: any Rule.Type, Finding.Severity, NodeID?) {
    switch surprise {
    case .misread(_, _, let trap): (rule(of: trap), .warning, nil)
    case .lookalike: (UnknownSpelling.self, .warning, nil)
    case .crash: (ArgumentCrashes.self, .error, nil)
    case .noMovable, .largerThanMemory, .nothingHotPluggable, .nothingMirrored:
      (ArgumentWithoutEffect.self, .warning, nil)
    case .bothSizes: (ArgumentWithoutEffect.self, .note, nil)
    case .mirrorTakesUnmirrored: (ArgumentMisread.self, .error, nil)
    case .tooLittleKernelMemory: (KernelZonesShort.self, .error, nil)
    case .nodeWithoutKernelMemory(let node, _): (NodeWithoutKernelMemory.self, .error, node)
    case .starvedNode(let node, _, _), .sliver(let node, _, _):
      (NodeWithoutKernelMemory.self, .warning, node)
    case .lowMemoryCountsFirst(let node, _, _, _), .nodeSmallerThanShare(let node, _, _):
      (NodeWithoutKernelMemory.self, .note, node)
    case .boundaryInsideBlock(let node, _, _): (BoundaryInsideBlock.self, .note, node)
    }
  }

  private static func rule(of trap: ZoneArgumentWord.Trap) -> any Rule.Type {
    switch trap {
    case .overriddenByLater, .ignoredByMovableNode, .ignoredByMirror, .malformed, .notSupported,
      .zeroPages, .zeroPercent, .mirrorNotSupported, .mayComeFromBootconfig:
      ArgumentWithoutEffect.self
    case .crash: ArgumentCrashes.self
    default: ArgumentMisread.self
    }
  }
}
