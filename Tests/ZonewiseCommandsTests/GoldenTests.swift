internal import Foundation
internal import TestSupport
internal import Testing

/// A host is among these once its two files are there, empty or not, and `make golden` was run.
private enum AgreedOutput {
  static let folder = CommandRun.tests.appending(path: "Golden/advise")
  static let hosts: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()
}

/// What the commands print about hosts that were booted for it. `make golden` writes the files anew.
@Suite("Golden outputs")
struct GoldenTests {
  @Test("there are hosts to look at")
  func hosts() { #expect(AgreedOutput.hosts.count >= 10) }

  @Test("people read what was agreed on", arguments: AgreedOutput.hosts)
  func text(host: String) throws {
    var transcript = ""
    for options in [[], ["--want", "max", "--verbose"]] {
      let run = try CommandRun(["advise", host] + options, in: CommandRun.roots)
      #expect(run.status == 0)
      #expect(run.errors.isEmpty, "\(run.errors)")
      transcript += "$ " + (["zonewise", "advise", host] + options).joined(separator: " ") + "\n"
      transcript += run.output + "\n"
    }
    try expect(transcript, inFile: "advise/\(host).txt")
  }

  @Test("programs read what was agreed on", arguments: AgreedOutput.hosts)
  func json(host: String) throws {
    let run = try CommandRun(
      ["advise", host, "--want", "max", "--format", "json"],
      in: CommandRun.roots
    )
    #expect(run.status == 0)
    try expect(run.output, inFile: "advise/\(host).json")
  }

  @Test("no line is wider than 80 columns", arguments: CommandRun.bootedHosts)
  func width(host: String) throws {
    let run = try CommandRun(["advise", host, "--verbose"], in: CommandRun.roots)
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("a check of a fleet reads as was agreed on", arguments: [[], ["--verbose"]])
  func check(options: [String]) throws {
    let run = try CommandRun(
      ["check", "."] + options,
      in: CommandRun.tests.appending(path: "Fixtures/Fleet")
    )
    #expect(run.status == 1, "\(run.errors)")
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let name = options.isEmpty ? "fleet.txt" : "fleet-verbose.txt"
    try expect(run.output, inFile: "check/\(name)")
  }

  @Test(
    "programs read of a fleet what was agreed on",
    arguments: ["json", "sarif", "junit", "github", "gitlab", "markdown"]
  )
  func check(format: String) throws {
    let run = try CommandRun(
      ["check", ".", "--format", format],
      in: CommandRun.tests.appending(path: "Fixtures/Fleet")
    )
    #expect(run.status == 1, "\(run.errors)")
    try expect(run.output, inFile: "check/fleet.\(format)")
  }

  private func expect(_ actual: String, inFile name: String) throws {
    try Golden.expect(actual, in: "Tests/Golden/\(name)")
  }
}
