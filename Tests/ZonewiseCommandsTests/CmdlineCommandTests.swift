internal import Foundation
internal import TestSupport
internal import Testing

@Suite("zonewise cmdline")
struct CmdlineCommandTests {
  private static let given = ["--args", "kernelcore=2G", "--date", "2026-01-31"]

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> CommandRun
  {
    try CommandRun(["cmdline"] + arguments, in: CommandRun.roots, environment: environment)
  }

  @Test("Given arguments need no host, and come out alone")
  func given() throws {
    let run = try run(["--for", "raw"] + Self.given)
    #expect(run.status == 0)
    #expect(run.output == "kernelcore=2G\n")
    #expect(run.errors.contains("zonewise: Goes to: "))
    let quiet = try self.run(["--for", "raw", "--quiet"] + Self.given)
    #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  @Test("Settings that findings ask for go to sysctl.d and tmpfiles.d")
  func settings() throws {
    let old = try run(["5.10-one-node-by-lists.tar.gz", "--for", "sysctl", "--date", "2026-01-31"])
    #expect(old.status == 0)
    #expect(old.output.contains("\nvm.lowmem_reserve_ratio = 256 "))
    let later = try run(["6.1-one-node-by-lists.tar.gz", "--for", "sysfs", "--date", "2026-01-31"])
    #expect(later.output.hasSuffix("w /sys/kernel/mm/lru_gen/enabled - - - - y\n"))
    let none = try run(["6.12-one-node-no-movable", "--for", "sysctl"])
    #expect(none.status == 0 && none.output.isEmpty)
    #expect(none.errors.contains("nothing to set: no finding asks for a setting"))
  }

  @Test("The day is the one that is asked for")
  func day() throws {
    let words = ["--for", "grub", "--args", "kernelcore=2G"]
    func first(_ arguments: [String], _ environment: [String: String] = [:]) throws -> String {
      String(try run(words + arguments, environment: environment).output.prefix { $0 != "," })
    }
    #expect(try first(["--date", "2026-01-31"]).hasSuffix(" on 2026-01-31"))
    #expect(try first([], ["SOURCE_DATE_EPOCH": "951782400"]).hasSuffix(" on 2000-02-29"))
    #expect(try first([], ["SOURCE_DATE_EPOCH": "1767225599"]).hasSuffix(" on 2025-12-31"))
    #expect(try first([], ["SOURCE_DATE_EPOCH": "0"]).hasSuffix(" on 1970-01-01"))
    #expect(try run(words + ["--date", "yesterday"]).status == 64)
  }

  @Test("Wrong usage is 64 and says what would be right")
  func usage() throws {
    let unknown = try run(["--for", "lilo"] + Self.given)
    #expect(unknown.status == 64 && unknown.output.isEmpty)
    #expect(unknown.errors.contains("no target 'lilo'; there are raw, grub, "))
    for arguments in [
      Self.given, ["--for", "raw", "--args", "a\nb"], ["--for", "raw", "--args", "a=\"b"],
      ["--for", "sysfs"] + Self.given, ["--for", "grub", "--args", "a=$b"],
      ["--for", "raw", "--want", "max"] + Self.given, ["--for", "raw", "--want", "much"],
    ] {
      let run = try run(arguments)
      #expect(run.status == 64, "\(arguments)")
      #expect(run.output.isEmpty && !run.errors.isEmpty, "\(arguments)")
    }
  }

  @Test("A file that is not understood is 2, with its place, and nothing is written")
  func badFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("99.yaml", "kind: MachineConfig\nspec: [\n".utf8)
    let output = try folder.write("out", "before".utf8)
    let run = try run(
      ["--for", "machineconfig", "--current", file.path, "-o", output.path] + Self.given
    )
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("zonewise: \(file.path):3:1: "))
    #expect(try String(contentsOf: output, encoding: .utf8) == "before")
    let missing = try self.run(["--for", "raw", "--current", "no-such-file"] + Self.given)
    #expect(missing.status == 2 && missing.output.isEmpty)
  }

  @Test("An output file is there whole, keeps its mode, and no link is followed")
  func output() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("out", "root=/dev/sda1\n".utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let words = ["--for", "raw", "--current", file.path] + Self.given
    #expect(try run(words + ["-o", file.path]).status == 0)
    #expect(try String(contentsOf: file, encoding: .utf8) == "root=/dev/sda1 kernelcore=2G\n")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
    let link = folder.url.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    let refused = try run(["--for", "raw", "-o", link.path] + Self.given)
    #expect(refused.status == 2 && refused.errors.contains("a link"))
    #expect(try String(contentsOf: file, encoding: .utf8) == "root=/dev/sda1 kernelcore=2G\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
  }

  @Test("A diff shows the change, and nothing where nothing changes")
  func diff() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("grub", "# a\nGRUB_CMDLINE_LINUX=\"quiet\"\n".utf8)
    let words = ["--for", "grub", "--current", file.path, "--diff"]
    let run = try run(words + Self.given)
    #expect(
      run.output == """
        --- \(file.path)
        +++ /etc/default/grub.d/60-zonewise.cfg
        @@ -1,2 +1,2 @@
         # a
        -GRUB_CMDLINE_LINUX="quiet"
        +GRUB_CMDLINE_LINUX="quiet kernelcore=2G"

        """
    )
    let same = try self.run(words + ["--args", "quiet"])
    #expect(same.status == 0 && same.output.isEmpty)
  }

  @Test(
    "Advice about a booted host goes to every target that takes it",
    arguments: ["grub", "raw"]
  )
  func advice(target: String) throws {
    let host = "6.12-two-nodes-kernelcore"
    let advice = try CommandRun(
      ["advise", host, "--want", "max", "--format", "json"],
      in: CommandRun.roots
    )
    let run = try run([host, "--for", target, "--want", "max", "--format", "json"])
    try #require(run.status == 0, "\(run.errors)")
    struct Answer: Decodable { var arguments: [String], profile: String?, text: String }
    struct Advice: Decodable {
      struct Recommendation: Decodable { var arguments: [String] }
      var recommendation: Recommendation
    }
    let advised = try JSONDecoder().decode(Advice.self, from: Data(advice.output.utf8))
    guard !advised.recommendation.arguments.isEmpty else {
      #expect(run.output.isEmpty && run.errors.contains("nothing to set"))
      return
    }
    let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
    #expect(answer.arguments == advised.recommendation.arguments)
    #expect(answer.profile == "general")
    #expect(answer.text.contains(answer.arguments.joined(separator: " ")))
  }

  @Test("The way back knows what the host had")
  func rollback() throws {
    let host = "6.12-two-nodes-kernelcore"
    let run = try run([host, "--for", "grubby", "--rollback"] + Self.given)
    #expect(run.status == 0)
    #expect(run.output.contains("--remove-args=kernelcore=2G --args=kernelcore="), "\(run.output)")
  }

  @Test("JSON keeps its schema", arguments: ["raw", "grub", "rpm-ostree", "talos", "libvirt"])
  func schema(target: String) throws {
    let folder = try TemporaryFolder()
    for options in [[], ["--rollback"], ["--diff"]] {
      let run = try run(["--for", target, "--format", "json"] + options + Self.given)
      let file = try folder.write("answer.json", run.output.utf8)
      let validation = try ProgramRun([
        CommandRun.tests.appending(path: "Scripts/validate-json").path,
        Fixtures.checkout.appending(path: "Documentation/schemas/cmdline.schema.json").path,
        file.path,
      ])
      #expect(validation.status == 0, "\(validation.text)\(validation.errors)")
    }
  }
}
