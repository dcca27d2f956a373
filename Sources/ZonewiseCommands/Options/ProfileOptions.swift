internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Profiles

/// What `--profile` may name.
enum ProfileName: ExpressibleByArgument, Hashable {
  /// What the host shows.
  case suggest
  /// A profile that comes with zonewise, or a file.
  case named(String)

  static let defaultCompletionKind = Completions.profile

  init(argument: String) { self = argument == "suggest" ? .suggest : .named(argument) }

  /// The one profile that is named; what a host shows is none.
  func only(for what: String) throws -> Profile {
    guard case .named(let name) = self else {
      throw UsageFailure(
        message: "\(what) takes a profile by its name or file; zonewise profiles suggest names one"
      )
    }
    return try ProfileStore.load(name)
  }

  /// By which profile hosts are judged; `general` where the user names none.
  static func workload(_ name: ProfileName?) throws -> Workload {
    switch name {
    case nil: .named(try ProfileStore.load("general"), .default)
    case .named(let name): .named(try ProfileStore.load(name), .user)
    case .suggest:
      .shown(among: try ProfileStore.all(), otherwise: try ProfileStore.load("general"))
    }
  }
}

/// Options that choose the profile.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The workload: a name (zonewise profiles list), a YAML file, or suggest to let the host show.",
      valueName: "name|file|suggest"
    )
  )
  var profile: ProfileName?

  /// By which profile hosts are judged; a failure ends the command with its reason.
  func workload() throws -> Workload { try ProfileName.workload(profile) }

  /// The profile for a host; says so where the host was asked and nothing speaks for any.
  func choose(
    _ workload: Workload,
    for host: HostSnapshot
  ) -> (profile: Profile, choice: ProfileChoice) {
    let chosen = workload.profile(for: host)
    if profile == .suggest, chosen.choice == .default {
      Console.report("nothing on this host speaks for a profile: general is used")
    }
    return chosen
  }

  /// Judges a machine: a class under all of its kernels at once.
  func assess(
    _ machine: SourceMachine,
    want: MovableWish?,
    needs: [MemoryNeed],
    whatIf: WhatIfOptions? = nil
  ) throws -> Assessment {
    let devices = machine.devices + (whatIf?.add ?? [])
    let machines = machine.members.map {
      (snapshot: $0.snapshot, planned: PlannedDevices(devices, settings: $0.settings))
    }
    guard let newest = machine.newest else {
      throw NothingJudged(message: "\(machine.name): no kernel")
    }
    try want?.holdAgainst(newest.snapshot)
    var (profile, choice) = choose(try workload(), for: newest.snapshot)
    // What a spec names is its writer's choice; the command's own counts more.
    if let named = machine.profile, choice != .user { (profile, choice) = (named, .user) }
    if let whatIf { profile = whatIf.applied(to: profile) }
    let line = try whatIf?.commandLine(of: machine)
    var assessment: Assessment
    do throws(AssessmentError) {
      assessment = try Advisor.assess(
        machines,
        profile: profile,
        chosenBy: choice,
        wish: want ?? machine.wish,
        needing: MemoryNeed.merged([needs, machine.needs]),
        booting: line
      )
    } catch {
      guard !machine.tellsUse else { throw error }
      throw NothingJudged(message: "\(machine.name): \(error.input): \(error.reason)")
    }
    assessment.assumptions = newest.assumptions
    if !machine.tellsUse { try tell(of: newest, isClass: machine.isClass, in: &assessment) }
    return assessment
  }

  /// A spec tells what its writer knows of the machines, a boot log what the kernel printed: what they
  /// leave out is no input that failed.
  private func tell(
    of member: SourceMachine.Member,
    isClass: Bool,
    in assessment: inout Assessment
  ) throws {
    assessment.findings.removeAll(where: \.isAboutInputs)
    assessment.unknown = []
    assessment.assumptions.append(
      "a \(isClass ? "spec" : "boot log") does not tell what runs there: the profile announces it"
    )
    guard assessment.recommendation.predicted != nil else { return }
    do throws(BootLayoutRefusal) {
      let inputs = try member.inputs()
      assessment.recommendation.predicted?.inputs.isExact = inputs.isExact
      assessment.recommendation.predicted?.inputs.assumptions = inputs.assumptions
    } catch {
      throw NothingJudged(message: "\(member.snapshot.source.path): \(error)")
    }
  }

  /// The profile for a command that looks at no host, or at two.
  func named(for command: String) throws -> (profile: Profile, choice: ProfileChoice) {
    guard let profile else { return (try ProfileStore.load("general"), .default) }
    return (try profile.only(for: command), .user)
  }
}
