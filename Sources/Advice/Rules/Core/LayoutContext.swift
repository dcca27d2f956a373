package import HostModel
package import KernelBehavior
package import Profiles

/// The zones that a command line is predicted to give, for rules about them.
package struct LayoutContext: Sendable {
  package var layout: BootLayout
  /// What is worth knowing about them.
  package var facts: [LayoutFact]
  package var line: ArgumentContext
  /// CMA areas in kernel zones, by node: movable by the ratio.
  package var cma: [NodeID: PageCount] = [:]
  /// Nodes that are known to have no cpus: they need no kernel memory of their own.
  package var memoryOnlyNodes: Set<NodeID> = []
  /// Where the machine's own zones differ from what its own command line gives here.
  package var disagreement: BootLayoutInputs.Disagreement?

  package init(layout: BootLayout, facts: [LayoutFact], line: ArgumentContext) {
    self.layout = layout
    self.facts = facts
    self.line = line
  }

  package var pageSize: PageSize { line.pageSize }
  package var limits: Profile.Limits { line.limits }
}

extension Evidence {
  /// What predicted zones rest on.
  static let layout = Evidence("the layout that these arguments give")
}
