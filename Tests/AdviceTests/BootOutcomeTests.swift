internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import TestSupport
internal import Testing

/// What becomes of a host with other arguments, held against what it is, and against what is advised.
@Suite("A host that is booted with other arguments")
struct BootOutcomeTests {
  private func host(_ name: String) throws -> HostSnapshot {
    try HostCollector.collect(from: try SourceFinder.source(Fixtures.path("Roots/\(name)")))
  }

  private func general() throws -> Profile {
    let text = try #require(EmbeddedProfiles.text("general"))
    return try ProfileReader.read(text, file: "general.yaml")
  }

  private func assess(
    _ host: HostSnapshot,
    _ line: String?,
    wish: MovableWish? = nil
  ) throws -> Assessment {
    try Advisor.assess(
      host,
      profile: try general(),
      chosenBy: .default,
      wish: wish,
      booting: line
    )
  }

  @Test("with its own arguments it has its own zones", arguments: AdviceLoopTests.hosts)
  func itself(_ name: String) throws {
    let host = try host(name)
    guard let line = host.commandLine.value else { return }
    let assessment = try assess(host, line)
    guard case .success(let boot)? = assessment.boot, boot.prediction.disagreement == nil else {
      return
    }
    let now = assessment.current
    // Memory that came or went since the boot stays where it is; a predicted boundary may be off by what
    // firmware moves.
    let total = (now.kernel + now.movable + now.highMemory).count
    let then = boot.standing
    #expect(
      (then.kernel + then.movable + then.highMemory).count.distance(to: total).magnitude <= total
        / 50
    )
    guard boot.prediction.isExact else { return }
    #expect(then.movable.count.distance(to: now.movable.count).magnitude <= total / 50, "\(name)")
    #expect(boot.nodes.count == now.nodes.count)
  }

  @Test("what is advised leaves the kernel what it needs", arguments: AdviceLoopTests.hosts)
  func advised(_ name: String) throws {
    let host = try host(name)
    let advice = try assess(host, nil, wish: .max)
    guard advice.recommendation.method == .bootArguments else { return }
    let line = advice.recommendation.arguments.joined(separator: " ")
    let assessment = try assess(host, line)
    guard case .success(let boot)? = assessment.boot else {
      Issue.record("\(name): \(line) is advised and can't be told of")
      return
    }
    #expect(boot.isSafe == true, "\(name): \(line): \(boot.cost?.text ?? "")")
    #expect(boot.standing.verdict <= .tight, "\(name): \(line): \(boot.standing)")
    for node in boot.nodes { #expect(node.keeps >= node.needs, "\(name): node \(node.node)") }
  }

  @Test(
    "less kernel memory never stands better",
    arguments: [
      "6.12-two-nodes-kernelcore", "6.12-one-node-no-movable", "7.x-two-nodes-kernelcore",
    ]
  )
  func monotone(_ name: String) throws {
    let host = try host(name)
    var before: (headroom: ByteCount, verdict: Verdict)?
    for mebibytes in stride(from: UInt64(64), through: 1600, by: 96) {
      let assessment = try assess(host, "kernelcore=\(mebibytes)M")
      guard case .success(let boot)? = assessment.boot else {
        Issue.record("kernelcore=\(mebibytes)M can't be told of")
        return
      }
      let headroom = try #require(boot.standing.headroom.value)
      if let before, boot.standing.movable > .zero {
        #expect(headroom >= before.headroom, "kernelcore=\(mebibytes)M")
        #expect(boot.standing.verdict <= before.verdict, "kernelcore=\(mebibytes)M")
      }
      before = (headroom, boot.standing.verdict)
    }
    let least = try assess(host, "kernelcore=16M")
    guard case .success(let boot)? = least.boot else { return }
    #expect(boot.isSafe == false && boot.standing.verdict >= .imbalanced, "\(boot.standing)")
  }

  @Test("what can't be predicted says why")
  func refused() throws {
    let assessment = try assess(try host("6.12-two-nodes-kernelcore"), "kernelcore")
    guard case .failure(let refusal)? = assessment.boot else {
      // This kernel reads it as zero.
      return
    }
    #expect(!refusal.description.isEmpty)
  }
}
