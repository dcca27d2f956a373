package import HostModel
package import Profiles

extension Advisor {
  /// Makes one assessment of a machine under each of several kernels: its argument suits all of them.
  ///
  /// What stands in it is told of the kernel under which least is safe; findings are those under any
  /// of them, with the releases where it is not all.
  ///
  /// - Parameters:
  ///   - snapshots: The machine under each kernel; at least one.
  ///   - profile: By which it is judged.
  ///   - choice: Who chose that.
  ///   - wish: How much Movable is asked for.
  /// - Returns: The assessment.
  /// - Throws: What is missing to judge it.
  package static func assess(
    _ snapshots: [HostSnapshot],
    profile: Profile,
    chosenBy choice: ProfileChoice,
    wish: MovableWish? = nil
  ) throws(AssessmentError) -> Assessment {
    var all: [Assessment] = []
    var needs = ClassNeeds()
    for snapshot in snapshots {
      let own = try assess(snapshot, profile: profile, chosenBy: choice, wish: wish)
      needs.add(HostNeeds(own))
      all.append(own)
    }
    guard let scarcest = all.min(by: { safe($0) < safe($1) }) else {
      throw AssessmentError(input: "the class", reason: .undetermined("it has no kernel"))
    }
    guard all.count > 1 else { return scarcest }
    var joint = try assess(
      scarcest.snapshot,
      profile: profile,
      chosenBy: choice,
      wish: wish,
      suiting: needs.obstacle == nil ? needs : nil
    )
    joint.kernels = all.compactMap { $0.snapshot.kernel.value?.release }
    joint.findings = findings(of: all, advice: joint.recommendation)
    joint.passed = joint.passed.filter { slug in all.allSatisfy { $0.passed.contains(slug) } }
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
