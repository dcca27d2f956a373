internal import Foundation
internal import TestSupport
internal import Testing
internal import ZonewiseKit

@Suite("ZonewiseKit (golden)")
struct KitGoldenTests {
  private static let build = CommandRun.executable.deletingLastPathComponent().path
  private static let script = CommandRun.tests.appending(path: "Scripts/kit-api").path

  private func path(_ host: String) -> String { CommandRun.roots.appending(path: host).path }

  @Test("The public API is what was agreed on, and every part of it is documented")
  func api() throws {
    guard
      NotTested.unless(Consumer.path("swift") != nil, "the public API: no swift", isInDebian: false)
    else { return }
    let run = try Consumer.run("python3", [Self.script, Self.build])
    #expect(run.status == 0, "\(run.errors)")
    for line in run.output.split(separator: "\n") { #expect(line.contains("  // "), "\(line)") }
    try Golden.expect(run.output, in: "Tests/Golden/zonewise-kit-api.txt")
  }

  @Test("The example compiles as another package's source would")
  func example() throws {
    guard
      NotTested.unless(Consumer.path("swiftc") != nil, "the example: no swiftc", isInDebian: false)
    else { return }
    let example = Fixtures.checkout.appending(path: "Examples/Sources/standing/Standing.swift").path
    let run = try Consumer.run("python3", [Self.script, Self.build, example])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("A host has the figures of advise, and the zones of its boot")
  func host() throws {
    struct Answer: Decodable {
      struct Current: Decodable {
        var kernelBytes: UInt64
        var movableBytes: UInt64
        var kernelHeadroomBytes: UInt64
        var verdict: String
      }
      struct Sizing: Decodable { var maxSafeMovableBytes: UInt64 }
      var current: Current
      var sizing: Sizing
    }
    let name = "6.12-node-without-kernel-memory"
    let run = try CommandRun(["advise", name, "--format", "json"], in: CommandRun.roots)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
    let host = try Host(reading: path(name))
    let advice = try host.advice()
    #expect(advice.verdict.rawValue == answer.current.verdict)
    #expect(advice.kernel == answer.current.kernelBytes)
    #expect(advice.movable == answer.current.movableBytes)
    #expect(advice.headroom == answer.current.kernelHeadroomBytes)
    #expect(advice.largestSafeMovable == answer.sizing.maxSafeMovableBytes)
    #expect(advice.findings.contains { $0.code == "ZW103" })
    #expect(host.pageSize == 4096)
    #expect(host.zones.filter { $0.name == "Movable" }.map(\.present).reduce(0, +) > 0)
    let nodes = try host.nodes(bootedWith: "kernelcore=3G movable_node")
    #expect(nodes.map(\.number) == [0, 1])
    #expect(nodes.allSatisfy { $0.kernel > 0 })
    #expect(try host.advice(wanting: .bytes(256 << 20)).arguments.isEmpty == false)
  }

  @Test("What can't be had is told with a reason")
  func errors() throws {
    #expect(throws: ZonewiseError.self) { try Host(reading: "/nowhere/at/all") }
    let host = try Host(reading: path("6.12-two-nodes-kernelcore"))
    let error = #expect(throws: ZonewiseError.self) { try host.advice(profile: "nonsense") }
    #expect(error?.description.contains("no profile nonsense") == true)
    let folder = try TemporaryFolder()
    let fleet = """
      schema: 1
      defaults: {arch: x86_64, kernel: "6.12"}
      classes:
        - name: one
          nodes: [{memory: 8GiB, cpus: 2}]
        - name: two
          nodes: [{memory: 8GiB, cpus: 2}]

      """
    let file = try folder.write("fleet.yaml", fleet.utf8)
    let several = #expect(throws: ZonewiseError.self) { try Host(reading: file.path) }
    #expect(several?.description.contains("2 machines") == true)
    #expect(try Host(reading: file.path + "#two").name == "two")
  }
}
