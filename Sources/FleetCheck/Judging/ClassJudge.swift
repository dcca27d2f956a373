internal import Advice
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import SourceText

/// Judges a machine class under every kernel that it runs: predicted, taken for a host right after
/// boot, grown by its devices.
struct ClassJudge {
  let context: JudgeContext
  /// The spec's folder, with a slash at its end; empty for the current one.
  let folder: String
  /// What was said of the file's classes so far; nil where each is judged anew.
  var judged: JudgedClasses?

  func judge(
    _ original: MachineClass,
    lines: FileLines,
    profiles: inout ProfileLibrary
  ) throws(LocatedError) -> CheckedSubject {
    var files = [lines.path: lines]
    let (machineClass, file) = try original.withCommandLineOfFile(
      folder: folder,
      edited: context.edited
    )
    if let file { files[file.path] = file }
    let places = machineClass.places
    let name = context.profile ?? machineClass.profile ?? context.settings.profile ?? "general"
    let profile = try profiles.profile(
      name,
      folder: folder,
      settings: context.settings,
      place: places["profile"] ?? places.start
    )
    var subject = CheckedSubject(kind: .machineClass, name: machineClass.name, place: places.start)
    if let file {
      subject.suppressions = [file.path: InlineSuppressions(file.bytes, file: file.path)]
    }
    subject.count = machineClass.count
    subject.profile = profile.name
    subject.kernels = machineClass.kernels.compactMap { $0?.release }
    let outcome = try outcome(for: machineClass, profile: profile)
    subject.verdict = outcome.verdict
    subject.movable = outcome.movable
    subject.assumptions = outcome.assumptions
    let placer = FindingPlacer(
      commandLine: machineClass.commandLine,
      places: places,
      subject: machineClass.name,
      start: places.start,
      files: files
    )
    subject.findings = outcome.found.placed(by: placer)
    return subject
  }

  // MARK: All kernels

  private func outcome(
    for machineClass: MachineClass,
    profile: Profile
  ) throws(LocatedError) -> JudgedClasses.Outcome {
    guard let judged else { return try judge(machineClass, profile: profile).outcome }
    let kind = machineClass.kind
    if let known = judged[kind] { return known }
    let (outcome, isNamed) = try judge(machineClass, profile: profile)
    if !isNamed { judged.keep(outcome, for: kind) }
    return outcome
  }

  /// The class under all of its kernels, and whether a finding names it.
  private func judge(
    _ machineClass: MachineClass,
    profile: Profile
  ) throws(LocatedError) -> (outcome: JudgedClasses.Outcome, isNamed: Bool) {
    let answers = try machineClass.kernels.map { kernel throws(LocatedError) in
      try judge(machineClass, kernel: kernel, profile: profile)
    }
    var outcome = JudgedClasses.Outcome(
      found: FoundByKernel(kernels: machineClass.kernels.map { $0?.release })
    )
    let sizes = answers.compactMap(\.movable)
    if let least = sizes.min(), let most = sizes.max(), most > .zero {
      outcome.movable = least...most
    }
    let advice = advice(for: answers, of: machineClass, profile: profile)
    for (kernel, answer) in zip(machineClass.kernels, answers) {
      if let verdict = answer.verdict { outcome.verdict = max(outcome.verdict ?? verdict, verdict) }
      for note in answer.assumptions where !outcome.assumptions.contains(note) {
        outcome.assumptions.append(note)
      }
      let findings = advice.map { advice in answer.findings.map { $0.decided(by: advice) } }
      outcome.found.add(findings ?? answer.findings, kernel: kernel?.release)
    }
    return (outcome, answers.contains(where: \.isNamed))
  }

  // MARK: One kernel

  private struct Answer {
    var verdict: Verdict?
    var findings: [Finding]
    var assumptions: [String]
    /// Nil where its zones can't be predicted.
    var assessment: Assessment?
    /// What is plugged in while it runs.
    var planned: PlannedDevices?
    /// ZONE_MOVABLE as the class boots; nil where it can't be predicted.
    var movable: ByteCount?
    /// Whether a finding may name the class.
    var isNamed = false
  }

  /// The arguments that suit the class under all of its kernels; nil where they can't be told.
  private func advice(
    for answers: [Answer],
    of machineClass: MachineClass,
    profile: Profile
  ) -> Recommendation? {
    let all = answers.compactMap(\.assessment)
    guard all.count == answers.count, let only = all.first else { return nil }
    // Most classes need no other zones, and the search for one size takes its time.
    guard all.count > 1, answers.contains(where: { $0.findings.contains(where: \.asksForLayout) })
    else { return only.recommendation }
    let joint = try? Advisor.assess(
      zip(all, answers).map { (snapshot: $0.snapshot, planned: $1.planned) },
      profile: profile,
      chosenBy: .user,
      wish: machineClass.goals.movable,
      needing: machineClass.needs
    )
    return joint?.recommendation
  }

  private func judge(
    _ machineClass: MachineClass,
    kernel: KernelVersion?,
    profile: Profile
  ) throws(LocatedError) -> Answer {
    let made: ClassSnapshot.Host
    let prediction: Prediction
    do throws(BootLayoutRefusal) {
      made = try ClassSnapshot.make(machineClass, kernel: kernel)
      prediction = try Prediction(
        made.inputs,
        source: made.snapshot.source,
        asked: nil,
        blockSize: machineClass.machine.blockSize
      )
    } catch {
      let line = ArgumentContext(
        machineClass.commandLine.text,
        kernel: kernel,
        architecture: machineClass.machine.architecture,
        pageSize: machineClass.machine.pageSize,
        limits: profile.limits
      )
      let findings = RuleRegistry.argument.flatMap { $0.findings(in: line) }
      // A kernel that dies of its arguments is found; anything else can't be judged.
      guard findings.contains(where: { $0.severity == .error }) else {
        throw machineClass.failure("\(machineClass.name): \(error)", at: "nodes")
      }
      return Answer(verdict: nil, findings: findings, assumptions: [])
    }
    let assessment: Assessment
    var planned = PlannedDevices(machineClass.devices, settings: made.settings)
    planned?.mustBeRemovable = machineClass.goals.needsHotUnplug
    do throws(AssessmentError) {
      assessment = try Advisor.assess(
        made.snapshot,
        profile: profile,
        chosenBy: .user,
        wish: machineClass.goals.movable,
        growing: planned,
        needing: machineClass.needs
      )
    } catch {
      throw failure(error, of: machineClass)
    }
    var findings = assessment.findings.filter { finding in
      !finding.isAboutInputs
        && (made.shortfalls.isEmpty || !HugePagesOutOfReach.supersedes(finding))
    }
    let seen = Set(findings.map(\.risk))
    findings += prediction.findings.filter { finding in
      // The class's profile has limits of its own.
      !finding.isOf(RatioOverLimit.self) && !seen.contains(finding.risk)
    }
    var goals = ClassContext(
      name: machineClass.name,
      assessment: assessment,
      needsHotUnplug: machineClass.goals.needsHotUnplug,
      shortfalls: made.shortfalls
    )
    goals.plan = assessment.plan
    let missed = RuleRegistry.machineClass.flatMap { $0.findings(in: goals) }.onePerCause
    findings += missed
    return Answer(
      verdict: assessment.current.verdict,
      findings: findings,
      assumptions: made.assumptions,
      assessment: assessment,
      planned: planned,
      movable: prediction.movable,
      isNamed: !missed.isEmpty
    )
  }

  /// A class with its devices added, one after the other.
  func grow(
    _ machineClass: MachineClass,
    _ made: ClassSnapshot.Host,
    profile: Profile
  ) throws(LocatedError) -> GrowthPlan {
    do throws(AssessmentError) {
      let machine = try GrowthMachine(made.snapshot, profile: profile, settings: made.settings)
      if let obstacle = machine.obstacle(to: machineClass.devices, on: made.snapshot) {
        throw obstacle
      }
      return GrowthPlan(machine, adding: machineClass.devices, source: made.snapshot.source)
    } catch {
      throw failure(error, of: machineClass)
    }
  }

  /// With the place of what is to blame: a device, or the machine.
  private func failure(_ error: AssessmentError, of machineClass: MachineClass) -> LocatedError {
    let isDevice = machineClass.devices.contains { $0.text == error.input }
    return machineClass.failure(
      "\(machineClass.name): \(error.input): \(error.reason)",
      at: isDevice ? "devices" : "nodes"
    )
  }
}
