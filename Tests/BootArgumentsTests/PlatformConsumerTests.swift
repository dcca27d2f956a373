import BootArguments
import Foundation
import TestSupport
import Testing

/// Platforms' own readers and validators.
@Suite("Platforms read what is written")
struct PlatformConsumerTests {
  /// Words that every one of these carries, quoted where its format needs it.
  static let words = "kernelcore=50% movablecore2=é,*#x on 0x10 k=[a] t=a:b yes=~ p=%n"

  private func target(_ name: String) throws -> BootTarget {
    try #require(BootTargets.named(name))
  }

  private func snippet(_ name: String, _ words: String = PlatformConsumerTests.words) throws
    -> String
  {
    try target(name).snippet(try TargetFixture.request(words))
  }

  private func file(_ name: String) throws -> String {
    try #require(TargetFixture.files.first { $0.target == name }).text
  }

  /// Writes the text into a file and runs a tool on it.
  private func run(_ tool: String, _ arguments: [String] = [], on text: String, named name: String)
    throws -> (status: Int32, output: String, errors: String)
  {
    let folder = try TemporaryFolder()
    try folder.write(name, text)
    return try Consumer.run(tool, arguments + [folder.url.path + "/" + name])
  }

  // MARK: Published field names

  static let described = [
    "machineconfig", "performanceprofile", "butane-fcos", "butane-openshift", "talos", "bootc",
    "ansible",
  ]

  private func fields(_ name: String, _ text: String) throws -> [String] {
    let script = Fixtures.checkout.appending(path: "Tests/Fixtures/boot-targets/fields.py").path
    let result = try run("/usr/bin/python3", [script, name], on: text, named: "file")
    #expect(result.status == 0, "\(result.errors)\n\(text)")
    return try JSONDecoder().decode([String].self, from: Data(result.output.utf8))
  }

  @Test(
    "Only published fields, and YAML and TOML readers get the words back",
    .enabled(if: Consumer.hasPython("yaml", "jsonschema", "tomllib"), Consumer.missing),
    arguments: described
  )
  func publishedFields(name: String) throws {
    let words = Self.words.split(separator: " ").map(String.init)
    #expect(try fields(name, try snippet(name)) == words)
  }

  @Test(
    "Merged files are read by YAML and TOML readers",
    .enabled(if: Consumer.hasPython("yaml", "jsonschema", "tomllib"), Consumer.missing),
    arguments: ["machineconfig", "butane-fcos", "butane-openshift", "bootc", "ansible"]
  )
  func mergedFields(name: String) throws {
    let words = Set(Self.words.split(separator: " ").map(String.init))
    let merged = try TargetFixture.merged(name, Self.words, into: try file(name))
    let read = try fields(name, merged)
    #expect(words.isSubset(of: read), "\(merged)")
    #expect(!read.contains("movablecore=1G"))
  }

  // MARK: Validators

  @Test(
    "ignition-validate has nothing to say",
    .enabled(if: Consumer.isThere("ignition-validate"), Consumer.missing)
  )
  func ignition() throws {
    let request = try TargetFixture.request(Self.words, commandLine: "a movablecore=1G")
    let texts = [
      try target("ignition").snippet(request),
      try TargetFixture.merged("ignition", Self.words, into: try file("ignition")),
      try TargetFixture.merged("ignition", "a=1", into: "{\"ignition\":{\"version\":\"3.3.0\"}}"),
    ]
    for text in texts {
      let result = try run("ignition-validate", on: text, named: "config.ign")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.isEmpty && result.errors.isEmpty, "\(result.output)\(result.errors)")
    }
    let wrong = texts[0].replacing("shouldExist", with: "shouldExists")
    let result = try run("ignition-validate", on: wrong, named: "config.ign")
    #expect(!(result.output + result.errors).isEmpty)
  }

  @Test(
    "Nix evaluates the module to the words",
    .enabled(if: Consumer.isThere("nix-instantiate"), Consumer.missing)
  )
  func nix() throws {
    func parameters(_ text: String) throws -> [String] {
      let folder = try TemporaryFolder()
      try folder.write("module.nix", text)
      let result = try Consumer.run(
        "nix-instantiate",
        [
          "--eval", "--strict", "--json", "-E",
          "(import \(folder.url.path)/module.nix { config = {}; }).boot.kernelParams",
        ]
      )
      #expect(result.status == 0, "\(result.errors)")
      return try JSONDecoder().decode([String].self, from: Data(result.output.utf8))
    }
    let words = Self.words.split(separator: " ").map(String.init) + ["q=\"a b\""]
    let line = words.joined(separator: " ")
    #expect(try parameters(try snippet("nixos", line)) == words)
    let merged = try TargetFixture.merged("nixos", line, into: try file("nixos"))
    #expect(try parameters(merged) == ["quiet", "x=1"] + words, "\(merged)")
  }

  @Test(
    "cloud-init finds the user data valid",
    .enabled(if: Consumer.isThere("cloud-init"), Consumer.missing)
  )
  func cloudInit() throws {
    let texts = [
      try snippet("cloud-init"),
      try TargetFixture.merged("cloud-init", Self.words, into: try file("cloud-init")),
      try TargetFixture.merged(
        "cloud-init",
        Self.words,
        into: "#cloud-config\nwrite_files:\n- path: /x\n  content: y\npackages: [vim]\n"
      ),
      try TargetFixture.merged("cloud-init", Self.words, into: "#cloud-config\n"),
    ]
    for text in texts {
      let result = try run("cloud-init", ["schema", "--config-file"], on: text, named: "user.yaml")
      #expect(result.status == 0, "\(result.output)\(result.errors)\n\(text)")
      #expect(result.output.hasPrefix("Valid cloud-config"), "\(result.output)")
    }
  }

  @Test(
    "ansible-playbook takes the play and hands the role its settings",
    .enabled(if: Consumer.isThere("ansible-playbook"), Consumer.missing)
  )
  func ansible() throws {
    let folder = try TemporaryFolder()
    try folder.write("play.yml", try snippet("ansible"))
    let syntax = try Consumer.run(
      "ansible-playbook",
      ["--syntax-check", "-i", "localhost,", folder.url.path + "/play.yml"]
    )
    #expect(syntax.status == 0, "\(syntax.output)\(syntax.errors)")
    // In the role's place: one that holds its variables to the published types and tells them.
    let role = "roles/fedora.linux_system_roles.bootloader/"
    try folder.write(
      role + "meta/argument_specs.yml",
      """
      argument_specs:
        main:
          options:
            bootloader_reboot_ok: {type: bool}
            bootloader_settings:
              type: list
              elements: dict
              options:
                kernel: {type: raw, required: true}
                options:
                  type: list
                  elements: dict
                  options:
                    name: {type: str}
                    value: {type: raw}
                    state: {type: str, choices: [present, absent]}
      """
    )
    try folder.write(
      role + "tasks/main.yml",
      """
      - name: Tell
        ansible.builtin.copy:
          content: "{{ bootloader_settings[0].options | to_json }}"
          dest: "\(folder.url.path)/told.json"
      """
    )
    let run = try Consumer.run(
      "ansible-playbook",
      [
        "-i", "localhost,", "-c", "local", "-e", "ansible_python_interpreter=/usr/bin/python3",
        folder.url.path + "/play.yml",
      ],
      environment: [
        "ANSIBLE_ROLES_PATH": folder.url.path + "/roles", "ANSIBLE_GATHERING": "explicit",
      ]
    )
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    struct Option: Decodable {
      var name: String
      var value: String?
      var state: String
    }
    let told = try JSONDecoder().decode(
      [Option].self,
      from: Data(try folder.read("told.json").utf8)
    )
    let present = told.filter { $0.state == "present" }
      .map { option in option.value.map { "\(option.name)=\($0)" } ?? option.name }
    #expect(present.joined(separator: " ") == Self.words)
    #expect(
      told.filter { $0.state == "absent" }.map { $0.name } == ["movablecore", "movable_node"]
    )
  }

  @Test(
    "ansible-lint has nothing to say",
    .enabled(if: Consumer.isThere("ansible-lint"), Consumer.missing)
  )
  func ansibleLint() throws {
    let result = try run(
      "ansible-lint",
      ["--offline", "-q"],
      on: try snippet("ansible"),
      named: "play.yml"
    )
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(
    "TuneD loads the profile behind another one and gets the words",
    .enabled(if: Consumer.hasPython("tuned"), Consumer.missing)
  )
  func tuned() throws {
    let script = """
      import sys
      from tuned.profiles.locator import Locator
      from tuned.profiles.loader import Loader
      from tuned.profiles.factory import Factory
      from tuned.profiles.merger import Merger
      from tuned.profiles.variables import Variables
      from tuned.utils.global_config import GlobalConfig
      from tuned.plugins.plugin_bootloader import BootloaderPlugin
      locator = Locator([sys.argv[1], "/usr/lib/tuned", "/usr/lib/tuned/profiles"])
      loader = Loader(locator, Factory(), Merger(), GlobalConfig(), Variables())
      profile = loader.load(["throughput-performance", "zonewise"])
      plugin = object.__new__(BootloaderPlugin)
      print(plugin._get_effective_options(dict(profile.units["bootloader"].options))["cmdline"])
      """
    for (text, line) in [
      (try snippet("tuned"), Self.words),
      (
        try TargetFixture.merged("tuned", Self.words, into: try file("tuned")),
        "nosmt " + Self.words
      ),
    ] {
      let folder = try TemporaryFolder()
      try folder.write("zonewise/tuned.conf", text)
      try folder.write("load.py", script)
      let result = try Consumer.run(
        "/usr/bin/python3",
        [folder.url.path + "/load.py", folder.url.path]
      )
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output == line + "\n", "\(text)")
    }
  }

  @Test(
    "Anaconda's parser reads the bootloader command",
    .enabled(if: Consumer.isThere("ksvalidator"), Consumer.missing)
  )
  func kickstart() throws {
    let python = try #require(Consumer.path("ksvalidator")).replacing(
      "ksvalidator",
      with: "python3"
    )
    let script = """
      import sys
      from pykickstart.parser import KickstartParser
      from pykickstart.version import makeVersion
      handler = makeVersion()
      KickstartParser(handler).readKickstart(sys.argv[1])
      print(handler.bootloader.appendLine)
      """
    for (text, line) in [
      (try snippet("kickstart"), Self.words),
      (
        try TargetFixture.merged("kickstart", Self.words, into: try file("kickstart")),
        "quiet " + Self.words
      ),
    ] {
      let valid = try run("ksvalidator", on: text, named: "host.ks")
      #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
      let read = try run(python, ["-c", script], on: text, named: "host.ks")
      #expect(read.output == line + "\n", "\(read.errors)")
    }
  }

  @Test(
    "libvirt's schema takes the domain, and an XML reader gets the words back",
    .enabled(if: Consumer.isThere("virt-xml-validate", "xmllint"), Consumer.missing)
  )
  func libvirt() throws {
    let words = Self.words + " l=<x>&amp; q=\"a b\""
    let domain = """
      <domain type='kvm'>
        <name>g</name>
        <memory unit='GiB'>4</memory>
        <vcpu>2</vcpu>
        <os>
          <type arch='x86_64'>hvm</type>
          <kernel>/boot/vmlinuz</kernel>
        </os>
      </domain>

      """
    let inserted = domain.replacing(
      "  </os>",
      with: try snippet("libvirt", words) + "  </os>"
    )
    for text in [try TargetFixture.merged("libvirt", words, into: domain), inserted] {
      let result = try run("virt-xml-validate", on: text, named: "domain.xml")
      #expect(result.status == 0, "\(result.output)\(result.errors)\n\(text)")
      let read = try run(
        "xmllint",
        ["--xpath", "string(/domain/os/cmdline)"],
        on: text,
        named: "domain.xml"
      )
      #expect(read.output == words + "\n", "\(read.output)")
    }
  }
}
