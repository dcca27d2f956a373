internal import Advice
internal import FleetCheck
internal import Foundation
internal import SourceText
internal import Testing

/// What a team decides about a finding holds in every kind of file.
@Suite("Suppressions, baselines and policies in every kind of file")
struct SuppressionKindTests {
  /// A file with one mistake, and the signs around a comment in it; nil where it has none.
  struct Kind: Sendable {
    var path: String
    var text: String
    var code = "ZW302"
    var comment: (before: String, behind: String)?
  }

  private static let mistake = "memhp_default_state=online-movable"

  static let kinds: [Kind] =
    RepositoryForm.all.map { form in
      Kind(path: form.path, text: form.text([mistake]), comment: comment(of: form.path))
    } + [
      Kind(path: "a/boot.lua", text: "args = \"quiet \(mistake)\"\n", comment: ("-- ", "")),
      Kind(path: "a/vm.bat", text: "vm --args=\"quiet \(mistake)\"\n", comment: ("REM ", "")),
      Kind(
        path: "a/fleet.ini",
        text: "[vm]\nkernel_args = quiet console=ttyS0 root=/dev/vda \(mistake)\n",
        comment: ("; ", "")
      ),
      Kind(
        path: "a/grub.erb",
        text: "GRUB_CMDLINE_LINUX=\"quiet \(mistake)\"\n",
        comment: ("<%# ", " %>")
      ),
      Kind(
        path: "a/grub.tmpl",
        text: "GRUB_CMDLINE_LINUX=\"quiet \(mistake)\"\n",
        comment: ("{{/* ", " */}}")
      ),
      Kind(
        path: "a/grub.jinja",
        text: "GRUB_CMDLINE_LINUX=\"quiet \(mistake)\"\n",
        comment: ("{#\n  ", "\n#}")
      ),
      Kind(
        path: "a/vm.c",
        text: "const char *args = \"console=ttyS0 \(mistake)\";\n",
        comment: ("/*\n * ", "\n */")
      ),
      Kind(
        path: "a/grub.pp",
        text: "kernel_parameter { 'memhp_default_state': value => 'online-movable' }\n",
        comment: ("# ", "")
      ),
      Kind(
        path: "a/sysctl.d/1.conf",
        text: "vm.lowmem_reserve_ratio = 0 0 0 0\n",
        code: "ZW116",
        comment: ("; ", "")
      ),
      Kind(
        path: "a/rules.d/1.rules",
        text: "SUBSYSTEM==\"memory\", ACTION==\"add\", ATTR{state}=\"online_movable\"\n",
        code: "ZW213",
        comment: ("# ", "")
      ),
      Kind(
        path: "a/tmpfiles.d/1.conf",
        text: "w /sys/devices/system/memory/auto_online_blocks - - - - online_movable\n",
        code: "ZW213",
        comment: ("# ", "")
      ),
      Kind(
        path: "a/kubelet.yaml",
        text: "reservedMemory:\n- {numaNode: 0, limits: {memory: 1Gi}}\n",
        code: "ZW121",
        comment: ("# ", "")
      ),
      Kind(
        path: "a/fleet.yaml",
        text: FleetSpecTests.head
          + "  - name: a\n    nodes: [{memory: 64GiB}]\n    cmdline: \(mistake)\n",
        comment: ("# ", "")
      ),
    ]

  /// Of a repository's forms.
  private static func comment(of path: String) -> (before: String, behind: String)? {
    if path.hasSuffix(".json") || path.hasSuffix("cmdline") || path.hasSuffix("cmdline.txt") {
      return nil
    }
    if path.hasSuffix(".xml") { return ("<!-- ", " -->") }
    let slashes = [".dts", ".go", ".rs", ".js", ".json5"].contains { path.hasSuffix($0) }
    return slashes ? ("// ", "") : ("# ", "")
  }

  /// The file with a comment on lines of its own above its mistake.
  private static func suppressed(_ kind: Kind, at line: Int) -> String? {
    guard let comment = kind.comment else { return nil }
    var lines = kind.text.split(separator: "\n", omittingEmptySubsequences: false)
    let indent = lines[line - 1].prefix { $0 == " " }
    let text = "\(comment.before)zonewise-ignore \(kind.code): known\(comment.behind)"
    let comments = text.split(separator: "\n").map { indent + $0 }
    lines.insert(contentsOf: comments, at: line - 1)
    return lines.joined(separator: "\n")
  }

  private func codes(_ answer: CheckFixture.Answer) -> [String] {
    answer.findings.filter(\.isOpen).map(\.finding.code)
  }

  @Test("A comment, a policy and a baseline settle a finding", arguments: kinds.indices)
  func settled(index: Int) async throws {
    let kind = Self.kinds[index]
    let fixture = try CheckFixture([kind.path: kind.text])
    let plain = try await fixture.check()
    #expect(plain.failures.isEmpty)
    let found = try #require(plain.findings.first { $0.finding.code == kind.code }, "\(kind.path)")
    let others = codes(plain).filter { $0 != kind.code }

    let baseline = try #require(plain.session.newBaseline)
    #expect(codes(try await fixture.check(baseline: baseline)).isEmpty, "\(kind.path)")

    try fixture.write("schema: 1\nrules: {\(kind.code): off}\n", to: ".zonewise.yaml")
    #expect(codes(try await fixture.check()) == others, "\(kind.path)")
    try fixture.write(
      """
      schema: 1
      suppressions: [{rule: \(kind.code), paths: ["\(kind.path)"], reason: known}]
      """,
      to: ".zonewise.yaml"
    )
    #expect(codes(try await fixture.check()) == others, "\(kind.path)")

    try fixture.write("schema: 1\n", to: ".zonewise.yaml")
    guard let text = Self.suppressed(kind, at: found.location.line) else { return }
    try fixture.write(text, to: kind.path)
    let inline = try await fixture.check()
    #expect(codes(inline) == others, "\(text)")
    #expect(inline.findings.compactMap(\.suppression).map(\.kind).contains(.inSource), "\(text)")
  }

  @Test(
    "Where a file has no comments, it is said that one was tried",
    arguments: ["vm.json", "a.ign"]
  )
  func noComments(name: String) async throws {
    let fixture = try CheckFixture([
      name: """
      {"note": "zonewise-ignore ZW302: known",
       "boot-source": {"boot_args": "\(Self.mistake)"}}
      """
    ])
    let answer = try await fixture.check()
    #expect(codes(answer).sorted() == ["ZW302", "ZW801"])
    let said = answer.findings.first { $0.finding.code == "ZW801" }
    #expect(said?.location.line == 1)
    #expect(said?.finding.remedy.contains(".zonewise.yaml") == true)
  }

  @Test("A comment above a statement of several lines is about all of them")
  func statements() async throws {
    let fixture = try CheckFixture([
      "run.sh": """
      # zonewise-ignore ZW302: known
      qemu -m 4G \\
        -kernel k \\
        -append "console=ttyS0 \(Self.mistake)"
      """,
      "a.yaml": """
      # zonewise-ignore ZW302: known
      kernel_args: >-
        console=ttyS0
        \(Self.mistake)
      """,
      "vm.xml": """
      <domain><os>
      <!-- zonewise-ignore ZW302: known --> <cmdline>quiet \(Self.mistake)</cmdline>
      </os></domain>
      """,
    ])
    let answer = try await fixture.check()
    #expect(codes(answer) == [])
    #expect(answer.findings.count == 3)
  }

  @Test("In a boot loader's file a comment is about the class that names it, before and after it")
  func namedFile() async throws {
    func spec(_ file: String) -> String {
      FleetSpecTests.head + """
          - name: a
            nodes: [{memory: 64GiB}]
            cmdline: {file: \(file)}

        """
    }
    let grub = """
      # zonewise-ignore ratio-over-limit: measured in May
      GRUB_CMDLINE_LINUX="movablecore=62G"

      """
    let fixture = try CheckFixture([
      "a/fleet.yaml": spec("../m/grub"), "m/grub": grub, "z/fleet.yaml": spec("../m/grub"),
    ])
    let answer = try await fixture.check()
    let suppressed = answer.findings.filter { $0.suppression != nil }
    #expect(suppressed.map(\.finding.code) == ["ZW101", "ZW101"])
    #expect(!codes(answer).contains("ZW101"))
    #expect(!codes(answer).contains("ZW803"))
    try FileManager.default.removeItem(at: fixture.folder.appending(path: "a"))
    try FileManager.default.removeItem(at: fixture.folder.appending(path: "z"))
    #expect(codes(try await fixture.check()) == ["ZW803"])
  }
}
