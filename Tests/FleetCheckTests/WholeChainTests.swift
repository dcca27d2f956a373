internal import Advice
internal import BootArguments
internal import Capacity
internal import FleetCheck
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import Reports
internal import SourceText
internal import TestSupport
internal import Testing

/// Advise, arguments, predict, check, fix, cmdline, verify: what one of them says, all the others say.
@Suite("One promise in every command")
struct WholeChainTests {
  /// A machine under each of its kernels.
  struct Machine: CustomTestStringConvertible, Sendable {
    struct Member: Sendable {
      var snapshot: HostSnapshot
      var inputs: BootLayoutInputs
      /// The same machine as a class: as it would be right after a boot.
      var twin: MachineClass
    }

    var name: String
    var members: [Member]
    var testDescription: String { name }
  }

  static let wishes = [
    "512MiB", "1GiB", "2GiB", "3GiB", "4GiB", "8GiB", "16GiB", "64GiB", "1:1", "3:1", "max",
  ]

  private static let general: Profile = {
    guard let text = EmbeddedProfiles.text("general"),
      let profile = try? ProfileReader.read(text, file: "general.yaml")
    else { fatalError("no profile general") }
    return profile
  }()

  // MARK: Machines

  /// Every recorded host; of those with equal memory, kernel and arguments the seed takes one.
  static let hosts: [Machine] = {
    struct Kind: Hashable {
      var map: MemoryMap
      var kernel: String?
      var line: String?
    }
    var kinds: [Kind: [Machine]] = [:]
    var order: [Kind] = []
    for name in Fixtures.names(in: "Roots") {
      guard let source = try? SourceFinder.source(Fixtures.path("Roots/\(name)")),
        let host = try? HostCollector.collect(from: source),
        let inputs = try? BootLayoutInputs(snapshot: host)
      else { continue }
      let kernel = inputs.kernel.version.value?.release
      let kind = Kind(map: inputs.map, kernel: kernel, line: inputs.commandLine)
      if kinds[kind] == nil { order.append(kind) }
      let twin = ClassSnapshotTests.machineClass(inputs, host)
      let member = Machine.Member(snapshot: host, inputs: inputs, twin: twin)
      kinds[kind, default: []].append(Machine(name: name, members: [member]))
    }
    var random = SeededGenerator(seed: seed)
    return order.compactMap { kinds[$0]?.randomElement(using: &random) }
  }()

  /// The classes, each as an entry of a spec without its command line, and that.
  static let entries: [String: (keys: String, line: String)] = [
    "small": (
      "nodes: [{memory: 2GiB, cpus: 2}]",
      ""
    ),
    "one": (
      "nodes: [{memory: 64GiB, cpus: 16}]",
      ""
    ),
    "two": (
      "nodes: [{memory: 64GiB, cpus: 16}, {memory: 64GiB, cpus: 16}]",
      ""
    ),
    "odd": (
      "nodes: [{memory: 7GiB, cpus: 2}, {memory: 13GiB, cpus: 2}, "
        + "{memory: 3GiB, cpus: 2}]",
      ""
    ),
    "low-hole": (
      "lowMemory: 2GiB, nodes: [{memory: 16GiB, cpus: 8}]",
      ""
    ),
    "cxl": (
      "nodes: [{memory: 64GiB, cpus: 16}, {memory: 128GiB, cpus: 0}]",
      ""
    ),
    "huge-pages": (
      "nodes: [{memory: 64GiB, cpus: 16}]",
      "default_hugepagesz=2M hugepages=4096"
    ),
    "cma": (
      "nodes: [{memory: 64GiB, cpus: 16}]",
      "cma=2G"
    ),
    "sized": (
      "nodes: [{memory: 32GiB, cpus: 16}]",
      "movablecore=4G quiet"
    ),
    "arm": (
      "arch: arm64, kernel: ['6.1', '6.12'], nodes: [{memory: 32GiB, cpus: 8}]",
      ""
    ),
    "arm-64k": (
      "arch: arm64, pageSize: 64KiB, kernel: ['6.12'], nodes: [{memory: 64GiB, cpus: 8}]",
      ""
    ),
    "power": (
      "arch: ppc64, kernel: ['6.12'], nodes: [{memory: 64GiB, cpus: 8}]",
      ""
    ),
  ]

  static func spec(_ entry: (keys: String, line: String), _ line: String) -> String {
    """
    schema: 1
    defaults: {arch: x86_64, kernel: ["5.10", "6.1", "6.12", "7.2"]}
    classes:
      - {name: this, \(entry.keys), cmdline: "\(line)"}

    """
  }

  static let classes: [Machine] = entries.sorted { $0.key < $1.key }.compactMap { name, entry in
    let text = spec(entry, entry.line)
    guard let spec = try? FleetSpec(Array(text.utf8), file: "fleet.yaml"),
      let result = spec.classes(0..<spec.count).first, let own = try? result.get()
    else { return nil }
    let members = own.kernels.compactMap { kernel -> Machine.Member? in
      guard let made = try? ClassSnapshot.make(own, kernel: kernel) else { return nil }
      return Machine.Member(snapshot: made.snapshot, inputs: made.inputs, twin: own)
    }
    return Machine(name: name, members: members)
  }

  /// Chooses hosts and targets; another one is tried with ZONEWISE_SEED.
  static let seed: UInt64 = Seeded.given ?? 20_261_128

  /// Each wish on each machine goes to four of them, one after the other, so that all are tried.
  private static let targets: [BootTarget] = {
    var random = SeededGenerator(seed: seed)
    return BootTargets.all.shuffled(using: &random)
  }()

  @Test("there are machines to try")
  func some() {
    #expect(Self.hosts.count > 60 && Self.classes.count == 12)
    #expect(Self.classes.allSatisfy { !$0.members.isEmpty })
  }

  @Test("check and fix do find what is wrong in these specs", arguments: entries.keys.sorted())
  func wrong(name: String) throws {
    let entry = try #require(Self.entries[name])
    let answer = try CheckFixture(["fleet.yaml": Self.spec(entry, "kernelcore=2%")]).fix()
    #expect(answer.failures.isEmpty)
    #expect(!answer.cured.isEmpty || answer.left.contains { $0.found.finding.severity == .error })
  }

  // MARK: The chain

  @Test("on every booted host", .seeded(seed), arguments: hosts)
  func booted(machine: Machine) throws { try chain(machine) }

  @Test("on every class, under each of its kernels", .seeded(seed), arguments: classes)
  func described(machine: Machine) throws { #expect(try chain(machine) > 3) }

  /// Tries each wish; returns how many came to arguments.
  @discardableResult
  private func chain(_ machine: Machine) throws -> Int {
    var tried = 0
    let all = Self.hosts + Self.classes
    let number = all.firstIndex { $0.name == machine.name } ?? 0
    for (index, word) in Self.wishes.enumerated() {
      let wish = try #require(MovableWish(text: word))
      let assessment = try Advisor.assess(
        machine.members.map { (snapshot: $0.snapshot, planned: nil) },
        profile: Self.general,
        chosenBy: .default,
        wish: wish
      )
      let advice = assessment.recommendation
      guard !advice.arguments.isEmpty else { continue }
      let change = try ArgumentChange(
        try BootArgument.parse(advice.arguments.joined(separator: " ")),
        removing: advice.remove
      )
      try boots(change, assessment, on: machine, word)
      try written(change, number * Self.wishes.count + index, word)
      try kept(change, assessment, on: machine, word)
      if let entry = Self.entries[machine.name] {
        let line = CommandLine(machine.members[0].inputs.commandLine ?? "").applying(change).text
        try stands(Self.spec(entry, line), in: "fleet.yaml", "\(word): \(machine.name)")
      }
      tried += 1
    }
    return tried
  }

  /// Predict: every kernel makes what was said, without an error, and no node lacks what it needs.
  private func boots(
    _ change: ArgumentChange,
    _ assessment: Assessment,
    on machine: Machine,
    _ word: String
  ) throws {
    let advice = assessment.recommendation
    var gives: [ByteCount] = []
    for member in machine.members {
      let line = CommandLine(member.inputs.commandLine ?? "").applying(change).text
      let prediction = try Prediction(
        member.inputs,
        source: member.snapshot.source,
        asked: line,
        blockSize: assessment.snapshot.memoryBlocks.value?.blockSize
      )
      gives.append(prediction.movable)
      let errors = prediction.findings.filter { $0.severity == .error }
      #expect(errors.isEmpty, "\(word): \(line): \(errors.map(\.message))")
      guard advice.method == .bootArguments else { continue }
      for node in prediction.layout.nodes {
        let kernel = node.kernelPages.bytes(of: prediction.pageSize)
        let floor = assessment.sizing.value?.kernelFloor[node.id] ?? .zero
        #expect(kernel >= floor, "\(word): \(line): node \(node.id)")
      }
    }
    guard advice.method == .bootArguments, let promised = assessment.wish?.gives else { return }
    #expect(gives.min() == promised, "\(word): \(advice.arguments)")
  }

  /// Cmdline: what a target writes is read back, and the rules find nothing wrong in it.
  private func written(_ change: ArgumentChange, _ index: Int, _ word: String) throws {
    let owner = Ownership(version: "0", date: "2026-01-31", profile: "general", reason: "a test")
    let request = BootRequest(change: change, owner: owner)
    for step in 0..<4 {
      let target = Self.targets[(index * 4 + step) % Self.targets.count]
      let text: String
      do throws(BootArgumentsError) { text = try target.snippet(request) } catch {
        // A boot loader's words are none for a running system.
        #expect(["sysfs", "sysctl"].contains(target.name), "\(word): \(target.name): \(error)")
        continue
      }
      #expect(!text.isEmpty, "\(word): \(target.name)")
      guard target.canRead else { continue }
      let read = try target.read(Array(text.utf8), file: "f").map(\.argument)
      for argument in change.set {
        #expect(
          read.contains { $0.name == argument.name && $0.value == argument.value },
          "\(word): \(target.name) lost \(argument.word)"
        )
      }
      // One of the four goes through the whole of check and fix.
      guard step == 0, let place = ArgumentFixTests.places[target.name] else { continue }
      try stands(text, in: place, "\(word): \(target.name)")
    }
  }

  /// Check and fix: no error is found, and nothing is to be changed.
  private func stands(_ text: String, in file: String, _ what: String) throws {
    let answer = try CheckFixture([file: text]).fix()
    #expect(answer.failures.isEmpty, "\(what): \(answer.failures)")
    #expect(answer.cured == [], "\(what)")
    let errors = answer.left.map(\.found.finding).filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(what): \(errors.map(\.message))")
  }

  /// Verify: the machine right after the boot keeps the promise, and without it does not; asked
  /// again, the advice is to do nothing.
  private func kept(
    _ change: ArgumentChange,
    _ assessment: Assessment,
    on machine: Machine,
    _ word: String
  ) throws {
    let terms = BootPromise.Terms(
      machine: machine.name,
      date: "2026-01-31",
      arguments: change.set.map(\.word),
      removed: change.removals.filter { $0.values == nil }.map(\.key)
    )
    let promise = try BootPromise(
      terms,
      on: machine.members.map { member in
        BootPromise.Machine(
          member.inputs,
          source: member.snapshot.source,
          commandLine: CommandLine(member.inputs.commandLine ?? "").applying(change).text,
          blockSize: member.snapshot.memoryBlocks.value?.blockSize
        )
      },
      assessed: assessment
    )
    let bytes = PromiseJSON.render(promise)
    #expect(try PromiseReader.read(bytes, file: "promise.json") == promise)
    for member in machine.members {
      let line = CommandLine(member.inputs.commandLine ?? "").applying(change).text
      let host = try after(member, line)
      let again = try Advisor.assess(
        host,
        profile: Self.general,
        chosenBy: .default,
        wish: assessment.wish?.gives.map { .size($0) }
      )
      let kernel = member.inputs.kernel.version.value?.release ?? "?"
      let verification = try #require(try verify(promise, host, again))
      #expect(
        verification.isKept,
        """
        \(word): \(line) on \(kernel): \(verification.nodes.filter { !$0.isKept }) \
        \(verification.reasons.map(\.text)) \(verification.brokenWords.map(\.text)) \
        \(verification.headroom.map { "\($0)" } ?? "") \
        \(verification.unexpectedErrors.map(\.message))
        """
      )
      if assessment.recommendation.method == .bootArguments, machine.members.count == 1 {
        #expect(
          again.recommendation.arguments.isEmpty
            || again.recommendation.arguments == assessment.recommendation.arguments,
          "\(word): \(line), and then \(again.recommendation.arguments)"
        )
      }
      let before = try #require(try verify(promise, member.snapshot, nil))
      let isSame = before.nodes.allSatisfy(\.isKept)
      #expect(before.isKept == (isSame && before.brokenWords.isEmpty))
      #expect(isSame || !before.reasons.isEmpty, "\(word): not kept without a reason")
    }
  }

  /// The machine as it is right after a boot with that command line.
  private func after(_ member: Machine.Member, _ line: String) throws -> HostSnapshot {
    var twin = member.twin
    let place = SourceLocation(file: "fleet.yaml", line: 1, column: 1)
    twin.commandLine = ClassCommandLine(
      line.split(separator: " ").map {
        ClassCommandLine.Word(String($0), at: place, length: $0.count)
      }
    )
    return try ClassSnapshot.make(
      twin,
      kernel: member.inputs.kernel.version.value,
      inputs: try member.inputs.booted(with: line)
    ).snapshot
  }

  private func verify(
    _ promise: BootPromise,
    _ host: HostSnapshot,
    _ assessment: Assessment?
  ) throws -> Verification? {
    let machine = Verifier.Machine(
      name: "the machine",
      snapshot: host,
      inputs: try BootLayoutInputs(snapshot: host),
      headroom: assessment?.current.headroom ?? .unknown(.undetermined("not asked")),
      findings: assessment?.findings,
      notes: []
    )
    return Verifier(promise, machine).verify()
  }
}
