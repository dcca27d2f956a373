internal import Advice
internal import FleetCheck
internal import HostModel
internal import Profiles
internal import SourceText
internal import Testing

@Suite("Policies")
struct PolicyTests {
  static let grub = "GRUB_CMDLINE_LINUX=\"kernelcore=2GB movable_nodez=1\"\n"

  @Test(
    "Patterns meet paths as a .gitignore's do",
    arguments: [
      ("*.yaml", "a/b/c.yaml", true), ("*.yaml", "c.yml", false), ("/*.yaml", "a/c.yaml", false),
      ("db/**", "db/x/y", true), ("db/**", "web/db/x", false), ("**/db/*", "web/db/x", true),
      ("vendor/", "vendor/x/y", true), ("vendor", "a/vendor/b", true), ("a?c", "abc", true),
      ("a?c", "a/c", false), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true),
      ("./x/*", "x/y", true), ("**", "anything/at/all", true), ("x*y*z", "xaybz", true),
    ]
  )
  func globs(pattern: String, path: String, matches: Bool) {
    #expect(Glob(pattern).matches(path) == matches)
  }

  @Test("The nearest policy at or above a file holds for it")
  func nearest() async throws {
    let fixture = try CheckFixture(["a/grub": Self.grub, "b/c/grub": Self.grub])
    try fixture.write("schema: 1\nrules: {argument-misread: off}\n", to: "b/.zonewise.yaml")
    let answer = try await fixture.check()
    #expect(
      answer.lines(in: fixture.path) == [
        "a/grub:1:36 ZW304", "a/grub:1:21 ZW301", "b/c/grub:1:36 ZW304",
      ]
    )
  }

  @Test("Rules are turned off and given another severity; later scopes win")
  func severities() async throws {
    let fixture = try CheckFixture(["web/grub": Self.grub, "db/grub": Self.grub])
    try fixture.write(
      """
      schema: 1
      rules:
        ZW301: error
      files:
        - paths: ["db/*"]
          rules: {unknown-spelling: note}
        - paths: ["*"]
          rules: {unknown-spelling: error}
      """,
      to: ".zonewise.yaml"
    )
    let answer = try await fixture.check()
    #expect(answer.findings.map(\.finding.severity) == [.error, .error, .error, .error])
  }

  @Test("Ignored files are not looked at")
  func ignored() async throws {
    let fixture = try CheckFixture(["web/grub": Self.grub, "vendor/x/grub": Self.grub])
    try fixture.write("schema: 1\nignore: [vendor/]\n", to: ".zonewise.yaml")
    #expect(try await fixture.check().subjects.map(\.kind) == [.commandLine])
  }

  @Test("Thresholds and profiles of a policy hold for its files")
  func thresholds() async throws {
    let spec =
      FleetSpecTests.head
      + "  - name: a\n    nodes: [{memory: 64GiB}]\n    cmdline: kernelcore=22%\n"
    let fixture = try CheckFixture(["a/fleet.yaml": spec, "b/fleet.yaml": spec])
    try fixture.write(
      """
      schema: 1
      files:
        - paths: ["b/*"]
          profile: kvm-host
          thresholds: {fine: "10:1", warning: "12:1"}
      """,
      to: ".zonewise.yaml"
    )
    let answer = try await fixture.check()
    #expect(answer.subjects.map(\.profile) == ["general", "kvm-host"])
    #expect(
      answer.subjects.map { $0.findings.contains { $0.finding.code == "ZW101" } } == [true, false]
    )
  }

  @Test("A suppression in the policy counts until its day, and says when it is for nothing")
  func suppressions() async throws {
    let fixture = try CheckFixture(["web/grub": Self.grub])
    try fixture.write(
      """
      schema: 1
      suppressions:
        - rule: unknown-spelling
          paths: [web/*]
          reason: the module is ours
          expires: 2026-07-01
        - rules: [ZW101]
          reason: measured
      """,
      to: ".zonewise.yaml"
    )
    let before = try await fixture.check(day: "2026-06-30")
    #expect(before.lines(in: fixture.path) == ["web/grub:1:21 ZW301", ".zonewise.yaml:7:5 ZW803"])
    let suppressed = before.findings.compactMap(\.suppression)
    #expect(suppressed.map(\.reason) == ["the module is ours"])
    #expect(suppressed.map(\.kind) == [.external])
    let after = try await fixture.check(day: "2026-07-01")
    #expect(
      after.lines(in: fixture.path) == [
        "web/grub:1:36 ZW304", "web/grub:1:21 ZW301", ".zonewise.yaml:3:5 ZW802",
        ".zonewise.yaml:7:5 ZW803",
      ]
    )
  }

  @Test(
    "What is wrong with a policy is told with its place, once",
    arguments: [
      ("rules: {ZW999: off}", 2, 9), ("rules: {ZW101: loud}", 2, 16), ("rulez: {}", 2, 1),
      ("suppressions: [{rule: ZW101}]", 2, 16),
      ("suppressions: [{rule: ZW101, reason: x, expires: soon}]", 2, 50),
      ("thresholds: {fine: three}", 2, 20), ("files: [{profile: x}]", 2, 9),
      ("kernel: newest", 2, 9),
    ]
  )
  func wrong(text: String, line: Int, column: Int) async throws {
    let fixture = try CheckFixture(["a/grub": Self.grub, "b/grub": Self.grub])
    try fixture.write("schema: 1\n\(text)\n", to: ".zonewise.yaml")
    let answer = try await fixture.check()
    #expect(answer.failures.map(\.place.line) == [line])
    #expect(answer.failures.map(\.place.column) == [column])
    #expect(answer.subjects.count == 2)
  }
}

@Suite("Suppressions in comments")
struct InlineSuppressionTests {
  @Test("A comment beside an argument, or on the line above it, suppresses with its reason")
  func beside() async throws {
    let fixture = try CheckFixture([
      "fleet.yaml": FleetSpecTests.head + """
          - name: a
            nodes: [{memory: 8GiB}]
            cmdline:
              # zonewise-ignore argument-misread: the B is harmless
              # and this line is between
              - movablecore=2GB
              - kernel_core=2G  # zonewise-ignore ZW304,ZW301 until 2026-12-31: on its way out

        """
    ])
    let answer = try await fixture.check()
    let suppressed = answer.findings.compactMap(\.suppression)
    #expect(
      Set(suppressed.map(\.reason)) == ["the B is harmless", "on its way out"]
    )
    #expect(
      !answer.findings.filter(\.isOpen).contains { ["ZW301", "ZW304"].contains($0.finding.code) }
    )
    #expect(!answer.findings.contains { $0.finding.code.hasPrefix("ZW8") })
  }

  @Test("One that is over or for nothing, and one that is wrong, is a finding itself")
  func mistakes() async throws {
    let fixture = try CheckFixture([
      "grub": """
      # zonewise-ignore ZW304: nothing here is misspelt
      GRUB_CMDLINE_LINUX="kernelcore=2GB" # zonewise-ignore ZW301 until 2020-01-01: long ago
      # zonewise-ignore ZW301
      # zonewise-ignore no-such-rule: x
      # zonewise-ignore ZW301 until tomorrow: x
      # zonewise-ignore : x
      """
    ])
    let answer = try await fixture.check()
    #expect(
      answer.lines(in: fixture.path) == [
        "grub:2:21 ZW301", "grub:3:3 ZW801", "grub:4:3 ZW801", "grub:5:3 ZW801", "grub:6:3 ZW801",
        "grub:2:39 ZW802", "grub:1:3 ZW803",
      ]
    )
  }

  @Test("The marker outside a comment is nothing")
  func noComment() async throws {
    let fixture = try CheckFixture([
      "grub": "X='zonewise-ignore ZW301: x'\nGRUB_CMDLINE_LINUX=\"kernelcore=2GB\"\n"
    ])
    #expect(try await fixture.check().lines(in: fixture.path) == ["grub:2:21 ZW301"])
  }
}
