internal import Advice
internal import Foundation
internal import HostCollection
internal import Reports
internal import TestSupport
internal import Testing

@Suite("Golden: blocks")
struct BlocksReportTests {
  static let machines = [
    "5.10-two-kernelcore", "6.1-big", "6.1-four", "6.12-busy", "7.x-crashkernel", "7.x-hot-auto",
  ]
  static let hasValidator = (try? python(["-c", "import jsonschema"]).status) == 0
  static let isValidated = NotTested.unless(hasValidator, "no python3-jsonschema for blocks")

  private func report(_ machine: String) throws -> BlockReport {
    var options = CollectionOptions()
    options.readPageFlags = true
    let source = try SourceFinder.source(Fixtures.path("Offlining/\(machine)"))
    let snapshot = try HostCollector.collect(from: source, options: options)
    return try BlockAdvisor.report(snapshot)
  }

  @Test("people read what was agreed on", arguments: machines)
  func text(machine: String) throws {
    let report = try report(machine)
    try expect(BlocksText.render(report, style: TextStyle()), inFile: machine + ".txt")
  }

  @Test("programs read what was agreed on", arguments: ["7.x-crashkernel"])
  func json(machine: String) throws {
    let bytes = BlocksJSON.render(try report(machine))
    try expect(String(decoding: bytes, as: UTF8.self), inFile: machine + ".json")
  }

  @Test("no line is wider than the terminal, in ASCII neither", arguments: machines, [60, 80, 120])
  func width(machine: String, columns: Int) throws {
    let report = try report(machine)
    let style = TextStyle(usesUnicode: false, width: columns, isVerbose: true)
    let text = BlocksText.render(report, style: style)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    // Paths and commands are never broken, so that they can be copied.
    for line in text.split(separator: "\n")
    where !line.contains("/sys/") && !line.contains("offline?") {
      #expect(line.count <= Swift.max(columns, 80), "\(line)")
    }
  }

  @Test(
    "JSON keeps its schema",
    .enabled(if: isValidated, "NOT TESTED: no jsonschema"),
    arguments: machines
  )
  func schema(machine: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("blocks.json", BlocksJSON.render(try report(machine)))
    let schema = Fixtures.checkout
      .appending(path: "Documentation/schemas/blocks.schema.json")
    let program =
      "import json,sys,jsonschema; s,d=[json.load(open(p)) for p in sys.argv[1:]]; "
      + "[print(e.message) for e in jsonschema.Draft202012Validator(s).iter_errors(d)]"
    let (status, output) = try Self.python(["-c", program, schema.path(), file.path()])
    #expect(status == 0 && output.isEmpty, "\(output)")
  }

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let run = try ProgramRun(["/usr/bin/python3"] + arguments)
    return (run.status, run.text)
  }

  private func expect(_ actual: String, inFile name: String) throws {
    try Golden.expect(actual, in: "Tests/Golden/blocks/\(name)")
  }
}
