package import KernelBehavior

/// What a rule about a machine class may look at.
package struct ClassContext: Sendable {
  package var name: String
  /// The class under one of its kernels, right after boot.
  package var assessment: Assessment
  /// The class with its devices; nil where it has none.
  package var plan: GrowthPlan?
  /// Whether what its devices add has to be removable.
  package var needsHotUnplug: Bool
  /// Huge pages that it asks for and can't have.
  package var shortfalls: [HugePageShortfall]

  package init(
    name: String,
    assessment: Assessment,
    plan: GrowthPlan? = nil,
    needsHotUnplug: Bool = false,
    shortfalls: [HugePageShortfall] = []
  ) {
    self.name = name
    self.assessment = assessment
    self.plan = plan
    self.needsHotUnplug = needsHotUnplug
    self.shortfalls = shortfalls
  }
}
