internal import Advice
internal import FleetCheck
internal import Foundation
internal import SourceText
internal import Testing

@Suite("Files that hold arguments and are not read")
struct UnreadFileTests {
  private static let files = [
    "a.swift": "let line = \"quiet kernelcore=3G\"\n",
    "b/notes.md": "# Hosts\n\nSet movablecore=12G on all of them.\n", "c.txt": "nothing here\n",
    "d.sh": "#!/bin/sh\n# movablecore=12G\ntrue\n", "e/README": "kernelcore is a word\n",
  ]

  private func unread(_ answer: CheckFixture.Answer, _ folder: String) -> [String] {
    answer.results.compactMap { result in
      guard case .unread(let file) = result else { return nil }
      let place = file.place
      return
        "\(place.file.dropFirst(folder.count)):\(place.line):\(place.column) \(file.argument ?? "")"
    }
  }

  @Test("On a walk they are counted with the place of the first argument; comments are read")
  func walk() async throws {
    let fixture = try CheckFixture(Self.files)
    let answer = try await fixture.check()
    #expect(
      unread(answer, fixture.path) == [
        "a.swift:1:19 kernelcore=3G", "b/notes.md:3:5 movablecore=12G",
      ]
    )
    #expect(answer.session.summary.unread == 2)
    #expect(answer.session.summary.unreadNamed == 0)
    #expect(answer.failures.isEmpty)
  }

  @Test("Named, they are told, also where nothing but a comment holds the argument")
  func named() async throws {
    let fixture = try CheckFixture(Self.files)
    let answer = try await fixture.check(["a.swift", "d.sh"])
    #expect(
      unread(answer, fixture.path) == ["a.swift:1:19 kernelcore=3G", "d.sh:2:3 movablecore=12G"]
    )
    #expect(answer.session.summary.unreadNamed == 2)
    let reasons = answer.results.compactMap { result -> String? in
      if case .unread(let file) = result { file.reason } else { nil }
    }
    #expect(reasons.first?.hasPrefix("Swift source is not read for arguments; ") == true)
  }

  @Test(
    "A file that is not read is told the forms that are near",
    arguments: [
      ("boot/limine.conf", "timeout: 3\n", "Limine"),
      ("user-data.txt", "#cloud-config\npackages: [vim]\n", "cloud-init"),
      ("x.conf", "menuentry \"a\" {\n", "grub.cfg"), ("y.txt", "hello\n", "has all forms"),
      ("a.nix", "{ }\n", "NixOS module"), ("a.toml", "x = 1\n", "Bottlerocket"),
      ("a.xml", "<x/>\n", "libvirt"),
    ]
  )
  func near(name: String, text: String, form: String) async throws {
    let fixture = try CheckFixture([name: text])
    let answer = try await fixture.check([name])
    #expect(answer.failures.map { $0.message.contains(form) } == [true])
  }

  @Test(
    "One with an argument is also told how arguments are found in any file of its kind",
    arguments: [
      ("a.pp", "notify { 'set kernelcore=3G soon': }\n", "Puppet"),
      ("a.sls", "a: please set kernelcore=3G now\n", "YAML or JSON"),
      ("a.swift", "let a = \"kernelcore=3G\"\n", "string of a program"),
      ("a.what", "please set kernelcore=3G now\n", "in a script"),
    ]
  )
  func nearUnread(name: String, text: String, form: String) async throws {
    let fixture = try CheckFixture([name: text])
    let reasons = try await fixture.check([name]).results.compactMap { result -> String? in
      if case .unread(let file) = result { file.reason } else { nil }
    }
    #expect(reasons.map { $0.contains(form) } == [true], "\(reasons)")
  }

  @Test("What a policy ignores is not counted")
  func ignored() async throws {
    let fixture = try CheckFixture(Self.files)
    try fixture.write("schema: 1\nignore: [\"b/**\"]\n", to: ".zonewise.yaml")
    let answer = try await fixture.check()
    #expect(unread(answer, fixture.path) == ["a.swift:1:19 kernelcore=3G"])
  }

  @Test("A binary file is told where it was named, and left alone on a walk")
  func binary() async throws {
    let fixture = try CheckFixture(["x/vmlinux": "ELF\0 a\0movablecore=6G\0"])
    #expect(try await fixture.check().results.isEmpty)
    let answer = try await fixture.check(["x/vmlinux"])
    #expect(unread(answer, fixture.path) == ["x/vmlinux:1:8 movablecore=6G"])
  }

  @Test("A document that quotes a line of a boot log is no boot log on a walk")
  func quoted() async throws {
    let fixture = try CheckFixture([
      "x/copyright": "Comment: This is the pre-packaged Debian Linux version of a text.\n"
    ])
    let answer = try await fixture.check()
    #expect(answer.failures.isEmpty)
  }
}
