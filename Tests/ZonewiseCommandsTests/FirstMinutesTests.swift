internal import Foundation
internal import TestSupport
internal import Testing
internal import ZonewiseCommands

@Suite("The first five minutes")
struct FirstMinutesTests {
  private static let host = "6.12-two-nodes-kernelcore"

  private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws
    -> CommandRun
  {
    try CommandRun(arguments, in: CommandRun.roots, environment: environment)
  }

  private func guess(_ word: String, exists: Bool = false) -> CommandGuess? {
    CommandGuess.of([word], commands: Zonewise.commandNames) { _ in exists }
  }

  @Test(
    "A command that is misspelt, or called otherwise elsewhere, is guessed",
    arguments: [
      ("advize", "advise"), ("advsie", "advise"), ("predcit", "predict"), ("cmdlnie", "cmdline"),
      ("repot", "report"), ("chek", "check"), ("dif", "diff"), ("expl", "explain"),
      ("dmesg", "log"), ("oomm", "oom"), ("doctor", "advise"), ("Check", "check"),
      ("capure", "capture"), ("rules", "explain"),
    ]
  )
  func guessed(_ word: String, _ meant: String) throws {
    let found = try #require(guess(word))
    #expect(found.isCommand)
    #expect(found.message.contains("did you mean zonewise \(meant)?"), "\(found.message)")
  }

  @Test("Commands, options and files are left alone; another word may be a file's name")
  func notGuessed() throws {
    for word in ["advise", "oom", "log", "help", "--want", "-v", "host.tar.gz", "./advize", "-"] {
      #expect(guess(word) == nil, "\(word)")
    }
    #expect(guess("advize", exists: true) == nil)
    #expect(CommandGuess.of([], commands: Zonewise.commandNames) { _ in false } == nil)
    let other = try #require(guess("xyzzy"))
    #expect(!other.isCommand)
    #expect(other.message.contains("zonewise --help"))
  }

  @Test("A misspelt command is wrong usage, an unknown word a source that is not there")
  func statuses() throws {
    let slip = try run(["advize"])
    #expect(slip.status == 64)
    #expect(slip.output.isEmpty)
    #expect(try run(["xyzzy"]).status == 2)
  }

  @Test("Help says what Movable is, has examples, and groups commands by their users")
  func help() throws {
    let help = try run(["--help"]).output
    for part in [
      "The kernel keeps nothing of its own in ZONE_MOVABLE", "Examples:",
      "dmesg | zonewise log", "ADMINISTRATOR", "PLATFORM ENGINEER", "CI OWNER", "CAPACITY PLANNER",
    ] {
      #expect(help.contains(part), "\(part)")
    }
    for name in Zonewise.commandNames where name != "help" {
      #expect(help.contains(" \(name)"), "\(name)")
    }
  }

  @Test("log and oom lead to the triage, from a file or standard input")
  func triage() throws {
    let log = Fixtures.folder("OOM")
    let name = try #require(Fixtures.names(in: "OOM").first { $0.hasSuffix(".log") })
    let file = log.appending(path: name).path
    let advice = try run(["advise", file])
    for command in ["log", "oom"] {
      let run = try run([command, file])
      #expect(run.output == advice.output, "\(command)")
      #expect(run.status == advice.status, "\(command)")
    }
    let empty = try run(["log"])
    #expect(empty.status == 2)
    #expect(empty.errors.contains("standard input"), "\(empty.errors)")
    let machine = try run(["log", Self.host])
    #expect(machine.status == 2)
    #expect(machine.errors.contains("zonewise advise judges it"), "\(machine.errors)")
  }

  @Test(
    "Every topic is explained with the numbers of a host, in any width",
    arguments: [40, 80, 200]
  )
  func topics(_ width: Int) throws {
    let list = try run(["explain"], ["COLUMNS": "\(width)"]).output
    let names = list.split(separator: "\n").dropFirst().prefix { $0.hasPrefix("  ") }
      .filter { !$0.hasPrefix("   ") }
      .map { String($0.dropFirst(2).prefix { $0 != " " }) }
    #expect(names.count > 12, "\(names)")
    let pages = try run(
      ["explain"] + names + ["--source", Self.host],
      ["COLUMNS": "\(width)"]
    )
    #expect(pages.status == 0, "\(pages.errors)")
    #expect(pages.output.split(separator: "\n").count { $0.hasPrefix("HERE") } == names.count)
    for line in pages.output.split(separator: "\n") where line.count > width {
      // A word that is longer than a line stays whole.
      #expect(!line.drop { $0 == " " }.contains(" "), "\(width) columns: \(line)")
    }
  }

  @Test("A topic's numbers are those of advise")
  func sameNumbers() throws {
    let advice = try run(["advise", "-v", Self.host]).output
    let page = try run(["explain", "ratio", "needed", "headroom", "--source", Self.host]).output
    func amount(_ title: String, in text: String) -> Substring? {
      text.split(separator: "\n").first { $0.hasPrefix("  \(title) ") }?
        .dropFirst(title.count + 2).split(separator: "  ").first.map { $0.drop { $0 == " " } }
    }
    for title in ["can grow by", "needed"] {
      let said = try #require(amount(title, in: advice))
      #expect(amount(title, in: page) == said, "\(title)")
    }
  }

  @Test("Other words for a topic lead to it, and an unknown one says what there is")
  func aliases() throws {
    let page = try run(["explain", "kernelcore", "--source", Self.host])
    #expect(page.output.hasPrefix("arguments\n"), "\(page.output)")
    let rule = try run(["explain", "zw101"])
    #expect(rule.output.hasPrefix("ZW101 ratio-over-limit"))
    let unknown = try run(["explain", "headrom"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("did you mean headroom?"), "\(unknown.errors)")
    let nowhere = try run(["explain", "ratio", "--source", "nowhere"])
    #expect(nowhere.status == 2)
  }

  @Test(
    "No line is beyond 40, 80 or 200 columns but what can't be taken apart",
    arguments: [40, 80, 200]
  )
  func widths(_ width: Int) throws {
    let other = "6.12-node-without-kernel-memory"
    for arguments in [
      ["advise", "-v", Self.host], ["advise", other], ["blocks", Self.host],
      ["plan", Self.host, "--add", "dimm:1GiB@0"], ["predict", other], ["check", other],
      ["explain"],
    ] {
      let text = try run(arguments, ["COLUMNS": "\(width)"]).output
      #expect(!text.isEmpty, "\(arguments)")
      for line in text.split(separator: "\n") where line.count > width {
        let words = line.drop { $0 == " " }
        // A long word, and a command to copy, stay whole.
        #expect(!words.contains(" ") || words.hasPrefix("timeout "), "\(arguments): \(line)")
      }
    }
  }

  @Test("CLICOLOR_FORCE asks for colour, NO_COLOR forbids it, --color beats both")
  func colour() throws {
    func isColoured(_ environment: [String: String], _ options: [String] = []) throws -> Bool {
      try run(["advise", Self.host] + options, environment).output.contains("\u{1B}[")
    }
    #expect(try !isColoured([:]))
    #expect(try isColoured(["CLICOLOR_FORCE": "1"]))
    #expect(try !isColoured(["CLICOLOR_FORCE": "0"]))
    #expect(try !isColoured(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
    #expect(try isColoured(["NO_COLOR": "1"], ["--color", "always"]))
    #expect(try !isColoured(["CLICOLOR_FORCE": "1"], ["--color", "never"]))
  }

  @Test("Where the terminal is dumb, what bars show is said in words")
  func plain() throws {
    let host = "6.12-node-without-kernel-memory"
    let drawn = try run(["advise", host]).output
    #expect(drawn.contains("░"))
    let said = try run(["advise", host], ["TERM": "dumb"]).output
    #expect(!said.contains("░") && !said.contains("▒"), "\(said)")
    #expect(said.contains("Movable 512 MiB, "), "\(said)")
  }

  @Test("Where the locale is C, topics and advice are ASCII")
  func ascii() throws {
    for arguments in [["advise", "-v", Self.host], ["explain", "ratio", "--source", Self.host]] {
      let run = try run(arguments, ["LC_ALL": "C"])
      #expect(run.output.utf8.allSatisfy { $0 < 128 }, "\(arguments)")
      #expect(!run.output.contains("?"), "\(arguments): \(run.output)")
    }
  }
}
