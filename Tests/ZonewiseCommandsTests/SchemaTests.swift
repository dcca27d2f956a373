internal import FleetCheck
internal import Foundation
internal import MachineSpec
internal import TestSupport
internal import Testing

/// The validator that Scripts/install-dependencies brings.
enum Validator {
  static func schema(_ command: String) -> URL {
    CommandRun.tests.deletingLastPathComponent()
      .appending(path: "Documentation/schemas/\(command).schema.json")
  }

  static let isThere = NotTested.unless(
    (try? python(["-c", "import jsonschema"]).status) == 0,
    "no JSON was held to its schema: Scripts/install-dependencies test brings python3-jsonschema"
  )

  static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let run = try ProgramRun(["/usr/bin/python3"] + arguments)
    return (run.status, run.text)
  }
}

/// JSON held to Documentation/schemas.
@Suite("JSON schemas")
struct SchemaTests {
  private func violations(_ json: String, of command: String = "advise") throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("document.json", json.utf8)
    let validator = CommandRun.tests.appending(path: "Scripts/validate-json")
    let (status, output) = try Validator.python([
      validator.path, Validator.schema(command).path, file.path,
    ])
    try #require(status == 0 || !output.isEmpty, "the validator failed without a word")
    return output
  }

  @Test(
    "bundles keep the schema",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func bundles() throws {
    for options in [[], ["--slim"], ["--redact", "--processes"]] {
      for source in [[], ["6.12-two-nodes-kernelcore"]] {
        let run = try CommandRun(["capture", "-o", "-"] + options + source, in: CommandRun.roots)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try violations(run.output, of: "bundle") == "")
      }
    }
  }

  @Test(
    "advice about this host keeps the schema",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func live() throws {
    for options in [[], ["--want", "max"], ["--want", "2:1", "--processes"]] {
      let run = try CommandRun(["advise", "--format", "json"] + options)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try violations(run.output) == "")
    }
  }

  @Test(
    "advice about booted hosts keeps the schema",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema"),
    arguments: CommandRun.bootedHosts
  )
  func booted(host: String) throws {
    let run = try CommandRun(["advise", host, "--format", "json"], in: CommandRun.roots)
    #expect(try violations(run.output) == "")
  }

  @Test(
    "answers to logs keep their schemas",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema"),
    arguments: [
      ("advise-oom", "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n"),
      ("advise-oom", "Node 0 Normal free:900kB min:100kB low:120kB high:140kB managed:9000kB\n"),
      (
        "advise-messages",
        "page:0 refcount:1 mapcount:0 pfn:0x12ff00\nflags: 0x1000(reserved|node=0|zone=3)\n"
          + "page dumped because: unmovable page\n"
      ),
      ("advise-messages", "vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded\n"),
      ("advise-zones", "Node 0, zone Normal\n  pages free 5\n  min 1\n  present 9\n"),
    ]
  )
  func logs(schema: String, text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("dmesg.log", text.utf8)
    let run = try CommandRun(["advise", file.path, "--format", "json"])
    #expect(try violations(run.output, of: schema) == "")
  }

  @Test("plans keep the schema", .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema"))
  func plans() throws {
    let host = CommandRun.roots.appending(path: "7.x-hot-added-auto-movable").path
    for options in [
      ["--boot", "1GiB", "--max", "64GiB"], ["--boot", "1GiB", "--max", "64GiB", "--step", "3GiB"],
      ["--boot", "2GiB", "--max", "4GiB", "--default-state", "offline"],
      [host, "--add", "dimm:1GiB@0", "--add", "pmem,map=mem:768GiB@0"],
      [host, "--add", "virtio-mem:24GiB@0", "--memmap-on-memory", "force"],
    ] {
      let run = try CommandRun(["plan"] + options + ["--format", "json"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(try violations(run.output, of: "plan") == "")
    }
  }

  @Test(
    "predictions and suggested profiles keep their schemas",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func predictions() throws {
    for host in ["6.12-two-nodes-kernelcore", "7.x-two-nodes-kernelcore"] {
      for options in [
        [], ["--cmdline", "movable_node kernelcore=2G"], ["--cmdline", "kernelcore=1%"],
        ["--steps"], ["--steps", "--args", "kernelcore=300M cma=64M"], ["--steps", "--args", ""],
      ] {
        let run = try CommandRun(
          ["predict", host] + options + ["--format", "json"],
          in: CommandRun.roots
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(try violations(run.output, of: "predict") == "")
      }
      for arguments in ["kernelcore=300M", "", "kernelcore=mirror", "movablecore=90% cma=64M"] {
        let run = try CommandRun(
          ["advise", host, "--args", arguments, "--add", "dimm:1GiB@0", "--format", "json"],
          in: CommandRun.roots
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(try violations(run.output, of: "advise") == "")
      }
      let run = try CommandRun(
        ["profiles", "suggest", host, "--format", "json"],
        in: CommandRun.roots
      )
      #expect(run.status == 0, "\(run.errors)")
      #expect(try violations(run.output, of: "profiles-suggest") == "")
    }
  }

  @Test(
    "reports and comparisons keep their schemas",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func reports() throws {
    let day = ["--date", "2026-11-23", "--format", "json"]
    let fleet = ["report"] + CommandRun.bootedHosts + ["nowhere"]
    for options in [
      [], ["--profile", "suggest"], ["--add", "dimm:1GiB@1", "--grow", "page-tables=8x"],
      ["--add", "dimm:64TiB@0"],
    ] {
      let run = try CommandRun(fleet + options + day, in: CommandRun.roots)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try violations(run.output, of: "report") == "")
    }
    let folder = try TemporaryFolder()
    let summary = folder.path("summary.json")
    let rows = try CommandRun(
      ["fleet"] + CommandRun.bootedHosts + ["nowhere", "--quiet", "--partial", summary],
      in: CommandRun.roots
    )
    #expect(rows.status == 0, "\(rows.errors)")
    #expect(try violations(try folder.read("summary.json"), of: "fleet-summary") == "")
    for (file, end) in [("old.json", "-before"), ("new.json", "-after")] {
      let hosts = CommandRun.bootedHosts.filter { $0.hasSuffix(end) }
      let run = try CommandRun(["report"] + hosts + ["nowhere"] + day, in: CommandRun.roots)
      let renamed = run.output.replacingOccurrences(of: "\(end)\"", with: "\"")
      try folder.write(file, renamed.utf8)
    }
    let reports = try CommandRun(
      ["diff", "old.json", "new.json", "--format", "json"],
      in: folder.url
    )
    #expect(try violations(reports.output, of: "diff") == "")
    let captures = try CommandRun(
      ["diff", "7.x-balloon-before", "7.x-balloon-after", "--format", "json"],
      in: CommandRun.roots
    )
    #expect(try violations(captures.output, of: "diff") == "")
  }

  @Test(
    "the schema refuses what is not in it, and what lacks a part",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
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

  @Test(
    "Specs and policies of the documentation, and what --init writes, keep their schemas",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func yaml() throws {
    let folder = CommandRun.tests.deletingLastPathComponent().appending(path: "Documentation")
    let starter = try CommandRun(["check", "--init"])
    for (text, schema) in [
      (
        try CheckCommandTests.yaml(folder.appending(path: "fleet-spec.md"), first: "schema: 1"),
        "fleet"
      ),
      (starter.output, "fleet"),
      (try CheckCommandTests.yaml(folder.appending(path: "ci.md"), first: "schema: 1"), "policy"),
    ] {
      let files = try TemporaryFolder()
      let file = try files.write("document.yaml", text.utf8)
      let script = CommandRun.tests.appending(path: "Scripts/yaml-to-json")
      let (status, json) = try Validator.python([script.path, file.path])
      try #require(status == 0)
      #expect(try violations(json, of: schema) == "")
    }
  }

  @Test(
    "answers about machine classes keep the schemas, alone and in a list",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema"),
    arguments: [
      ["advise", "--want", "max"], ["predict"], ["plan", "--add", "dimm:1GiB@0"], ["blocks"],
    ]
  )
  func classes(command: [String]) throws {
    let folder = try TemporaryFolder()
    let spec = """
      schema: 1
      defaults: {arch: x86_64, kernel: ["5.10", "6.12"]}
      classes:
        - {name: one, kernel: ["6.12"], nodes: [{memory: 8GiB, cpus: 2}]}
        - {name: two, nodes: [{memory: 8GiB, cpus: 2}], cmdline: kernelcore=4G}

      """
    let path = try folder.write("fleet.yaml", spec).path
    let name = try #require(command.first)
    for (source, schema) in [(path, "answers"), (path + "#one", name)] {
      let run = try CommandRun(command + [source, "--kernel", "6.6", "--format", "json"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(try violations(run.output, of: schema) == "")
    }
  }

  @Test(
    "promises and what became of them keep their schemas",
    .enabled(if: Validator.isThere, "NOT TESTED: no jsonschema")
  )
  func promises() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "promise.json")
    for (asked, later) in [
      ("6.12-two-nodes-kernelcore", "6.12-two-nodes-kernelcore"),
      ("6.1-blocks-offline-before", "6.1-blocks-offline-after"),
      ("7.x-hot-added-auto-movable", "6.1-two-nodes-kernelcore"),
    ] {
      for options in [["--want", "max", "--accept-less"], ["--args", "movable_node"]] {
        let made = try CommandRun(
          ["cmdline", "--for", "raw", asked, "--promise", file.path] + options,
          in: CommandRun.roots
        )
        try #require(made.status == 0, "\(made.errors)")
        let promise = try String(contentsOf: file, encoding: .utf8)
        #expect(try violations(promise, of: "promise") == "")
        let run = try CommandRun(
          ["verify", file.path, later, "--format", "json"],
          in: CommandRun.roots
        )
        #expect(try violations(run.output, of: "verify") == "")
      }
    }
  }

  @Test("The schema of fleet specs has the keys that are read")
  func fleetKeys() throws {
    let data = try Data(contentsOf: Validator.schema("fleet"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    let keys = try #require(
      (definitions["keys"] as? [String: Any])?["properties"] as? [String: Any]
    )
    #expect(Set(keys.keys) == Set(MachineClassReader.keys))
  }
}
