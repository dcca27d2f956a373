package import HostModel
internal import KernelBehavior
package import Profiles

extension Advisor {
  /// Makes one assessment of a machine under each of several kernels: its argument suits all of them.
  ///
  /// What stands in it is told of the kernel under which least is safe; findings are those under any
  /// of them, with the releases where it is not all.
  ///
  /// - Parameters:
  ///   - machines: The machine under each kernel, with what is plugged in while it runs; at least one.
  ///   - profile: By which it is judged.
  ///   - choice: Who chose that.
  ///   - wish: How much Movable is asked for.
  ///   - asked: What must be contiguous or pinned.
  ///   - line: A whole command line, to be told what becomes of the machine with it.
  /// - Returns: The assessment.
  /// - Throws: What is missing to judge it.
  package static func assess(
    _ machines: [(snapshot: HostSnapshot, planned: PlannedDevices?)],
    profile: Profile,
    chosenBy choice: ProfileChoice,
    wish: MovableWish? = nil,
    needing asked: [MemoryNeed] = [],
    booting line: String? = nil
  ) throws(AssessmentError) -> Assessment {
    var all: [(own: Assessment, planned: PlannedDevices?)] = []
    var needs = ClassNeeds()
    let kernels = machines.map { Kernel($0.snapshot) }
    for (snapshot, planned) in machines {
      let own = try assess(
        snapshot,
        profile: profile,
        chosenBy: choice,
        wish: wish,
        growing: planned,
        needing: asked,
        under: kernels,
        booting: line
      )
      needs.add(HostNeeds(own))
      all.append((own, planned))
    }
    guard let scarcest = all.min(by: { safe($0.own) < safe($1.own) }) else {
      throw AssessmentError(input: "the class", reason: .undetermined("it has no kernel"))
    }
    guard all.count > 1 else { return scarcest.own }
    var joint = try assess(
      scarcest.own.snapshot,
      profile: profile,
      chosenBy: choice,
      wish: wish,
      growing: scarcest.planned,
      needing: asked,
      suiting: needs.obstacle == nil ? needs : nil,
      under: kernels,
      booting: line
    )
    joint.kernels = all.compactMap { $0.own.snapshot.kernel.value?.release }
    // What one kernel can't have is not had.
    if let unmet = all.lazy.compactMap(\.own.needs).first(where: { !$0.isMet }) {
      joint.needs = unmet
    }
    joint.findings = findings(of: all.map(\.own), advice: joint.recommendation)
    joint.passed = joint.passed.filter { slug in all.allSatisfy { $0.own.passed.contains(slug) } }
    return joint
  }

  private static func safe(_ assessment: Assessment) -> ByteCount {
    assessment.sizing.value?.maxSafeMovable ?? .zero
  }

  /// Each once, worst first.
  private static func findings(of all: [Assessment], advice: Recommendation) -> [Finding] {
    var found = FoundByKernel(kernels: all.map { $0.snapshot.kernel.value?.release })
    for assessment in all {
      found.add(assessment.findings, kernel: assessment.snapshot.kernel.value?.release)
    }
    return found.found.map { entry in
      var finding = entry.finding.decided(by: advice)
      if entry.kernels.count < all.count {
        finding.evidence.append(
          Evidence("the class's kernels", "found under", entry.kernels.joined(separator: ", "))
        )
      }
      return finding
    }
    .sorted { $0.severity > $1.severity }
  }
}
