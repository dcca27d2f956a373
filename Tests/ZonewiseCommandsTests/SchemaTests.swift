internal import Foundation
internal import Testing

/// The validator that Scripts/install-dependencies brings.
private enum Validator {
  static let schema = CommandRun.tests.deletingLastPathComponent()
    .appending(path: "Documentation/schemas/advise.schema.json")

  static let isThere: Bool = {
    let answers = (try? python(["-c", "import jsonschema"]).status) == 0
    if !answers {
      print(
        """

        *** NOT TESTED: /usr/bin/python3 has no jsonschema, so no JSON was held to its schema.
        *** Scripts/install-dependencies test brings it.

        """
      )
    }
    return answers
  }()

  static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
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
}

/// JSON held to Documentation/schemas.
@Suite("JSON schemas")
struct SchemaTests {
  private func violations(_ json: String) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("document.json", json.utf8)
    let validator = CommandRun.tests.appending(path: "Scripts/validate-json")
    let (status, output) = try Validator.python([validator.path, Validator.schema.path, file.path])
    try #require(status == 0 || !output.isEmpty, "the validator failed without a word")
    return output
  }

  @Test("advice about this host keeps the schema", .enabled(if: Validator.isThere))
  func live() throws {
    for options in [[], ["--want", "max"], ["--want", "2:1", "--processes"]] {
      let run = try CommandRun(["advise", "--format", "json"] + options)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try violations(run.output) == "")
    }
  }

  @Test(
    "advice about booted hosts keeps the schema",
    .enabled(if: Validator.isThere),
    arguments: CommandRun.bootedHosts
  )
  func booted(host: String) throws {
    let run = try CommandRun(["advise", host, "--format", "json"], in: CommandRun.roots)
    #expect(try violations(run.output) == "")
  }

  @Test(
    "the schema refuses what is not in it, and what lacks a part",
    .enabled(if: Validator.isThere)
  )
  func refusal() throws {
    let json = try CommandRun(["advise", "--format", "json"]).output
    for (part, change) in [
      ("\"schemaVersion\": 1", "\"schemaVersion\": 2"), ("\"sizing\"", "\"size\""),
      ("\"kernelBytes\": ", "\"kernelBytes\": -"), ("\"method\": \"", "\"method\": \"un"),
    ] {
      let changed = json.replacingOccurrences(of: part, with: change)
      try #require(changed != json)
      #expect(try violations(changed) != "", "\(part)")
    }
  }
}
