internal import Advice
internal import Foundation
internal import HostCollection
internal import Reports
internal import TestSupport
internal import Testing

@Suite("Golden: blocks")
struct BlocksReportTests {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  static let machines = [
    "5.10-two-kernelcore", "6.1-big", "6.1-four", "6.12-busy", "7.x-crashkernel", "7.x-hot-auto",
  ]
  static let hasValidator = (try? python(["-c", "import jsonschema"]).status) == 0

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

  @Test("JSON keeps its schema", .enabled(if: hasValidator), arguments: machines)
  func schema(machine: String) throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "zonewise-blocks-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(BlocksJSON.render(try report(machine))).write(to: file)
    let schema = Self.tests.deletingLastPathComponent()
      .appending(path: "Documentation/schemas/blocks.schema.json")
    let program =
      "import json,sys,jsonschema; s,d=[json.load(open(p)) for p in sys.argv[1:]]; "
      + "[print(e.message) for e in jsonschema.Draft202012Validator(s).iter_errors(d)]"
    let (status, output) = try Self.python(["-c", program, schema.path(), file.path()])
    #expect(status == 0 && output.isEmpty, "\(output)")
  }

  private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func expect(_ actual: String, inFile name: String) throws {
    let file = Self.tests.appending(path: "Golden/blocks").appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(actual.utf8).write(to: file)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(actual == expected, "\(name) differs: make golden, and read the diff")
  }
}
