internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles
internal import Testing

@testable internal import Advice

/// A prediction and the booted machine are judged by the same rules.
@Suite("Rules about predicted zones")
struct PredictionRuleTests {
  private static func prediction(_ root: String, asked: String? = nil) throws -> Prediction {
    let snapshot = try #require(RuleFixture.named(root)).snapshot()
    return try Prediction(
      try BootLayoutInputs(snapshot: snapshot, overrides: BootLayoutInputs.Overrides()),
      source: snapshot.source,
      asked: asked,
      blockSize: snapshot.memoryBlocks.value?.blockSize
    )
  }

  @Test(
    "the same risk has the same kind and severity as on the booted machine, or is worse unseen",
    arguments: [
      ("6.12-node-without-kernel-memory", ["ZW103"]), ("7.x-mostly-movable", ["ZW101"]),
      ("6.1-two-nodes-kernelcore", ["ZW119"]), ("6.12-movablecore-of-all-memory", ["ZW302"]),
      ("6.1-movable-node-and-size", ["ZW302"]), ("6.1-size-in-bytes", ["ZW301"]),
      ("7.x-misspelt-arguments", ["ZW304"]),
    ]
  )
  func sameAsBooted(root: String, codes: [String]) throws {
    let predicted = try Self.prediction(root).findings
    let booted = try #require(RuleFixture.findings[root])
    for code in codes {
      let risks = booted.filter { $0.code == code }
      #expect(!risks.isEmpty)
      // A prediction may say more: it knows the memory map.
      for risk in risks {
        let same = predicted.filter {
          $0.code == code && $0.subject == risk.subject && $0.detail.kind == risk.detail.kind
        }
        // What was seen of the machine may show that its kernel has enough at any ratio.
        let isMilder = code == "ZW101" && risk.severity == .warning
        #expect(
          same.map(\.severity) == [isMilder ? .error : risk.severity],
          "\(code) \(risk.detail.kind)"
        )
      }
    }
  }

  @Test(
    "a size that is not met is an error, a flag without memory for it a warning",
    arguments: [
      ("movablecore=100%", Finding.Severity.error), ("kernelcore=1T", .error),
      ("movable_node", .warning), ("kernelcore=mirror", .warning),
    ]
  )
  func unmet(asked: String, severity: Finding.Severity) throws {
    let found = try Self.prediction("7.x-two-nodes-kernelcore", asked: asked).findings
      .filter { $0.isOf(ArgumentWithoutEffect.self) }
    #expect(found.map(\.detail.kind) == ["noMovable"])
    #expect(found.map(\.severity) == [severity])
    #expect(found.map(\.subject) == [.argument(asked)])
  }

  @Test("another command line's zones are not held against those that the machine has")
  func askedIsNotMade() throws {
    var asked = 0
    for fixture in RuleFixture.all {
      guard let own = try? Self.prediction(fixture.name), own.agrees == true else { continue }
      let other = try? Self.prediction(fixture.name, asked: "kernelcore=40%")
      guard let other, other.layout != own.layout else { continue }
      asked += 1
      #expect(other.findings.allSatisfy { !$0.isOf(LayoutNotUnderstood.self) }, "\(fixture.name)")
    }
    #expect(asked > 50)
  }
}
