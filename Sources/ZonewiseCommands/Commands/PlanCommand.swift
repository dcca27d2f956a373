internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports

/// `zonewise plan`: where hot-added memory goes and what runs out first.
struct PlanCommand: MachineCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say where added memory goes, what it costs, and how far a machine can grow.",
    discussion: """
      Without options: what onlining the host's waiting DAX devices (CXL, pmem) would do.
      Or add devices to a host, one after the other:
        zonewise plan --add dimm:16GiB@0 --add cxl:64GiB@1
      Or ask how far a virtual machine can grow, with no host at hand:
        zonewise plan --boot 1GiB --max 64GiB --online-policy auto-movable
      Kinds: dimm, virtio-mem, cxl, block (no memory group), pmem (,mode=fsdax|devdax|system-ram \
      and ,map=mem|dev). Without options the policy is what the host's command line, module \
      parameters and config say.
      --grow page-tables=2x and --horizon 180d put other growth in the place of the profile's; \
      --grow all=2x asks whether twice of everything that the kernel holds today still fits.
      """
  )

  @OptionGroup var sourceOptions: SourceOptions
  @OptionGroup var stated: StatedOptions

  @Option(
    help: ArgumentHelp("A device to add; repeatable.", valueName: "kind:size@node"),
    transform: ArgumentValue.device
  )
  var add: [GrowthStep] = []

  @OptionGroup var machine: GrowingMachineOptions
  @OptionGroup var growth: GrowthOptions
  @OptionGroup var policy: PolicyOptions

  @Option(help: "How to print the answer.")
  var format = PlanFormat.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard machine.isGiven else { return }
    guard add.isEmpty, sourceOptions.source == nil else {
      throw ValidationError("--boot describes a machine: it takes no source and no --add")
    }
  }

  static let need = SourceNeed.growth

  func run() throws {
    try Runner.run {
      guard let asked = try machine.growth() else { return try survey() }
      let profile = growth.whatIf.applied(to: try profileOptions.named(for: "plan").profile)
      var plan = try bootPlan(asked, profile)
      plan.machine.assumptions += growth.whatIf.sentences
      try Runner.print(plan, as: format, common)
    }
  }

  // MARK: Devices on a machine

  func answers(about machine: SourceMachine) throws -> [GrowthPlan] {
    var profile = try profileOptions.named(for: "plan").profile
    if let named = machine.profile, profileOptions.profile == nil { profile = named }
    profile = growth.whatIf.applied(to: profile)
    return try machine.members.map { try plan($0, machine, profile) }
  }

  private func plan(
    _ member: SourceMachine.Member,
    _ source: SourceMachine,
    _ profile: Profile
  ) throws -> GrowthPlan {
    let snapshot = member.snapshot
    var settings = member.settings
    var requests = add.isEmpty ? source.devices : add
    if requests.isEmpty {
      requests = UnonlinedDAXDevices.steps(snapshot)
      settings = UnonlinedDAXDevices.settings(settings)
      guard !requests.isEmpty else {
        throw UsageFailure(
          message: nothingWaits(source, snapshot)
            + ": plan takes --add KIND:SIZE@NODE, or --boot SIZE --max SIZE"
        )
      }
    }
    policy.apply(to: &settings)
    var machine = try GrowthMachine(snapshot, profile: profile, settings: settings)
    machine.assumptions += member.assumptions + growth.whatIf.sentences
    for request in requests where request.name == nil { try check(request, on: snapshot, machine) }
    return GrowthPlan(machine, adding: requests, source: snapshot.source)
  }

  private func nothingWaits(_ source: SourceMachine, _ snapshot: HostSnapshot) -> String {
    if source.isClass { return "\(source.name): the class has no devices" }
    return snapshot.source.kind == .bootLog
      ? "\(source.name): a boot log does not tell which devices wait to be onlined"
      : "no DAX device waits to be onlined here"
  }

  /// Refuses what no machine of this kind could be given.
  private func check(
    _ request: GrowthStep,
    on snapshot: HostSnapshot,
    _ machine: GrowthMachine
  ) throws(NothingJudged) {
    var known = Set(machine.memory.nodes.map(\.id))
    for node in snapshot.nodes.value ?? [] { known.insert(node.id) }
    if !known.contains(request.node) {
      let list = known.sorted().map { "\($0)" }.joined(separator: ", ")
      throw NothingJudged(
        message: "--add \(request.text): no node \(request.node) here; the nodes are \(list)"
      )
    }
    if let reason = machine.refusal(of: request) {
      throw NothingJudged(message: "--add \(request.text): \(reason)")
    }
  }

  // MARK: A machine that is only a size

  private func bootPlan(_ growth: GrowingMachineOptions.Growth, _ profile: Profile) throws
    -> GrowthPlan
  {
    var settings = OnliningSettings()
    settings.defaultState = OnliningSettings.Setting(.online, from: "taken without a host")
    policy.apply(to: &settings)
    let machine = try GrowthMachine(boot: growth.boot, profile: profile, settings: settings)
    let pieces = [growth.step, growth.max.subtractingOrZero(growth.boot)].compactMap { $0 }
    for (size, name) in zip(pieces, pieces.count == 2 ? ["--step", "--max"] : ["--max"]) {
      let request = GrowthStep(device: growth.device, size: size, node: 0)
      guard let reason = machine.refusal(of: request) else { continue }
      throw UsageFailure(message: "\(name) makes it add \(request.text): \(reason)")
    }
    return try GrowthPlan.growing(
      from: growth.boot,
      to: growth.max,
      step: growth.step,
      device: growth.device,
      profile: profile,
      settings: settings
    )
  }
}
