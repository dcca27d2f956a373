internal import Advice
internal import ArgumentParser
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports

/// `zonewise plan`: where hot-added memory goes and what runs out first.
struct PlanCommand: ParsableCommand {
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
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case csv
    case markdown
  }

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: ArgumentHelp("A device to add; repeatable.", valueName: "kind:size@node"))
  var add: [String] = []

  @Option(help: ArgumentHelp("A machine that boots with so much.", valueName: "size"))
  var boot: String?

  @Option(help: ArgumentHelp("The total that it shall reach.", valueName: "size"))
  var max: String?

  @Option(help: ArgumentHelp("In devices of this size; default: in one piece.", valueName: "size"))
  var step: String?

  @Option(help: ArgumentHelp("The kind of device for --boot; default: dimm.", valueName: "kind"))
  var device: String?

  @OptionGroup var policy: PolicyOptions

  @Option(help: "How to print the answer.")
  var format = Format.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if boot == nil {
      guard max == nil, step == nil, device == nil else {
        throw ValidationError("--max, --step and --device belong to --boot")
      }
      for text in add { _ = try request(text) }
      return
    }
    guard add.isEmpty, sourceOptions.source == nil else {
      throw ValidationError("--boot describes a machine: it takes no source and no --add")
    }
    guard max != nil else { throw ValidationError("--boot takes --max, the total to reach") }
    _ = try growth()
  }

  func run() throws {
    guard let (profile, _) = try profileOptions.named() else {
      Console.report(
        "plan takes a profile by its name or file; zonewise profiles suggest names one"
      )
      throw ExitStatus.usage.error
    }
    let plan = boot == nil ? try hostPlan(profile) : try bootPlan(profile)
    if !common.quiet {
      switch format {
      case .text: Console.write(PlanText.render(plan, style: common.style))
      case .json: Console.write(PlanJSON.render(plan))
      case .csv: Console.write(PlanTable.csv(plan))
      case .markdown: Console.write(PlanTable.markdown(plan))
      }
    }
    let status = common.status(findings: plan.findings, unknown: 0)
    if status != .done { throw status.error }
  }

  // MARK: Devices on a host

  private func hostPlan(_ profile: Profile) throws -> GrowthPlan {
    var requests = try add.map { try request($0) }
    let snapshot = try sourceOptions.collect()
    var settings = OnliningSettings(snapshot)
    if requests.isEmpty {
      requests = WaitingDevices.steps(snapshot)
      settings = WaitingDevices.settings(settings)
      guard !requests.isEmpty else {
        Console.report(
          "no DAX device waits to be onlined here: plan takes --add KIND:SIZE@NODE, or "
            + "--boot SIZE --max SIZE"
        )
        throw ExitStatus.usage.error
      }
    }
    policy.apply(to: &settings)
    let machine: GrowthMachine
    do throws(NotJudged) {
      machine = try GrowthMachine(snapshot, profile: profile, settings: settings)
    } catch {
      Console.report("\(error.input): \(error.reason)")
      throw ExitStatus.notJudged.error
    }
    for request in requests where request.name == nil { try check(request, on: snapshot, machine) }
    return GrowthPlan(machine, adding: requests, source: snapshot.source)
  }

  /// Refuses what no machine of this kind could be given.
  private func check(
    _ request: GrowthStep,
    on snapshot: HostSnapshot,
    _ machine: GrowthMachine
  ) throws(ExitCode) {
    var known = Set(machine.memory.nodes.map(\.id))
    for node in snapshot.nodes.value ?? [] { known.insert(node.id) }
    if !known.contains(request.node) {
      let list = known.sorted().map { "\($0)" }.joined(separator: ", ")
      Console.report("--add \(request.text): no node \(request.node) here; there are \(list)")
      throw ExitStatus.notJudged.error
    }
    if let reason = machine.refusal(of: request) {
      Console.report("--add \(request.text): \(reason)")
      throw ExitStatus.notJudged.error
    }
  }

  private func request(_ text: String) throws -> GrowthStep {
    do throws(GrowthStep.Mistake) {
      return try GrowthStep(text: text)
    } catch {
      throw ValidationError("--add \(text): \(error)")
    }
  }

  // MARK: A machine that is only a size

  private struct Growth {
    var boot: ByteCount
    var max: ByteCount
    var step: ByteCount?
    var device: HotplugDevice
  }

  private func growth() throws -> Growth {
    func size(_ name: String, _ text: String) throws -> ByteCount {
      guard let size = ByteCount(text: text), size > 0 else {
        throw ValidationError("--\(name) takes a size such as 2GiB, not '\(text)'")
      }
      return size
    }
    let boot = try size("boot", self.boot ?? "")
    let max = try size("max", self.max ?? "")
    let step = try self.step.map { try size("step", $0) }
    let limit = MemoryBlockSize.addressLimit(.x86_64)
    guard boot >= .mebibytes(128) else {
      throw ValidationError("--boot \(boot.text): no such kernel boots with less than 128 MiB")
    }
    guard max <= limit else {
      throw ValidationError(
        "--max \(max.text): x86-64 kernels give memory up to \(limit.text) only"
      )
    }
    guard boot < max else { throw ValidationError("--max must be more than --boot") }
    if let step, (max - boot).scaled(by: 1, over: step.count) > 4096 {
      throw ValidationError("--step \(step.text): that is more than 4096 steps")
    }
    guard let kind = HotplugDevice(name: device ?? "dimm"), kind.isRAM else {
      throw ValidationError("--device takes a kind of RAM, not '\(device ?? "")'")
    }
    return Growth(boot: boot, max: max, step: step, device: kind)
  }

  private func bootPlan(_ profile: Profile) throws -> GrowthPlan {
    let growth = try growth()
    var settings = OnliningSettings()
    settings.defaultState = OnliningSettings.Setting(.online, from: "taken without a host")
    policy.apply(to: &settings)
    let machine = try GrowthMachine(boot: growth.boot, profile: profile, settings: settings)
    let pieces = [growth.step, growth.max - growth.boot].compactMap { $0 }
    for (size, name) in zip(pieces, pieces.count == 2 ? ["--step", "--max"] : ["--max"]) {
      let request = GrowthStep(device: growth.device, size: size, node: 0)
      guard let reason = machine.refusal(of: request) else { continue }
      Console.report("\(name) makes it add \(request.text): \(reason)")
      throw ExitStatus.usage.error
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
