internal import Advice
internal import FleetCheck
internal import SourceText
internal import Testing

@Suite("Classes of the same machine")
struct JudgedClassesTests {
  /// Machines that are found at fault in several ways; the name and what stands in front of it are
  /// the caller's.
  private static func kinds(_ name: (Int) -> String) -> String {
    let bodies = [
      "nodes: [{memory: 4GiB, cpus: 8}, {memory: 4GiB, cpus: 8}]\n    cmdline: \"quiet kernelcore=2G\"",
      "nodes: [{memory: 64GiB, cpus: 8}]\n    cmdline: \"kernelcore=1G\"\n    goals: {movable: 60GiB}",
      "kernel: [\"5.10\", \"6.12\"]\n    nodes: [{memory: 8GiB}]\n    cmdline: \"movablecore=7G movable_node\"",
      "nodes: [{memory: 8GiB}]\n    devices: [{kind: dimm, size: 256GiB, node: 0}]",
      "nodes: [{memory: 8GiB}]\n    cmdline: \"kernelcore=mirror\"",
    ]
    return bodies.enumerated().map { "  - name: \(name($0))\n    \($1)" }.joined(separator: "\n")
  }

  /// All that is said of each class; places count from its first line.
  private static func said(_ answer: CheckFixture.Answer) -> [String] {
    answer.subjects.map { subject in
      let verdict = subject.verdict?.rawValue ?? "no verdict"
      let findings = subject.findings.map { found in
        "\(found.finding.code) \(found.finding.message) \(found.finding.remedy) "
          + "\(found.finding.subject) \(found.kernels) \(found.finding.evidence) "
          + "\(found.location.line - subject.place.line):\(found.location.column) "
          + (found.excerpt ?? "")
      }
      return ([subject.name, verdict] + subject.assumptions + findings).joined(separator: "\n")
    }
  }

  @Test("a class says the same behind others of its machine as by itself")
  func sameAsAlone() async throws {
    let (one, other) = (Self.kinds { "a\($0)" }, Self.kinds { "b\($0)" })
    func answer(_ classes: String) async throws -> [String] {
      let fixture = try CheckFixture(["fleet.yaml": ClassJudgeTests.spec(classes)])
      let answer = try await fixture.check(width: 1)
      #expect(answer.failures.isEmpty)
      return Self.said(answer).map { $0.replacing(fixture.path, with: "") }
    }
    let together = try await answer(one + "\n  # in between\n" + other)
    #expect(together.count == 10)
    #expect(together == (try await answer(one)) + (try await answer(other)))
  }

  @Test("what names a class is said of each by its own name")
  func named() async throws {
    let goal = "    nodes: [{memory: 64GiB, cpus: 8}]\n    goals: {movable: 40GiB}"
    let spec = "  - name: one\n\(goal)\n  - name: two\n\(goal)"
    let fixture = try CheckFixture(["fleet.yaml": ClassJudgeTests.spec(spec)])
    let answer = try await fixture.check(width: 1)
    let subjects = answer.findings.map(\.finding.subject).filter { $0.kind == "class" }
    #expect(subjects == [.machineClass("one"), .machineClass("two")])
  }
}
