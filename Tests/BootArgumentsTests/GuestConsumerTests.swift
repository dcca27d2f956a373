import BootArguments
import Foundation
import TestSupport
import Testing

/// Readers of virtual machines and of small boot loaders.
@Suite("Guests and small boot loaders read what is written")
struct GuestConsumerTests {
  /// Plain ASCII, which loaders of guests take and no more; quoted where a format needs it.
  static let words = "kernelcore=50% movablecore2=e,*#x on 0x10 k=[a] t=a:b yes=~ p=%n"

  private func snippet(_ name: String, _ words: String) throws -> String {
    try #require(BootTargets.named(name)).snippet(try TargetFixture.request(words))
  }

  private func file(_ name: String) throws -> String {
    try #require(TargetFixture.files.first { $0.target == name }).text
  }

  /// What a script of the fixtures reads in a text.
  private func read(_ script: String, _ target: String, _ text: String) throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write("file", text)
    let path = Fixtures.checkout.appending(path: "Tests/Fixtures/boot-targets/\(script)").path
    let result = try Consumer.run(
      "/usr/bin/python3",
      [path, target, folder.url.path + "/file"]
    )
    #expect(result.status == 0, "\(result.errors)\n\(text)")
    return try JSONDecoder().decode([String].self, from: Data(result.output.utf8))
  }

  @Test(
    "Only published fields and values of their types, and JSON and TOML readers get the words back",
    .enabled(if: Consumer.hasPython("jsonschema", "tomllib"), Consumer.missing),
    arguments: ["firecracker", "cloud-hypervisor", "kata", "bottlerocket"]
  )
  func publishedFields(name: String) throws {
    let words = Self.words.replacing(" on ", with: " ")
    let expected = words.split(separator: " ").map(String.init)
    #expect(try read("fields.py", name, try snippet(name, words)) == expected)
    let merged = try TargetFixture.merged(name, words, into: try file(name))
    let found = try read("fields.py", name, merged)
    #expect(Set(expected).isSubset(of: found), "\(merged)")
    #expect(!found.contains("movablecore=1G"))
  }

  @Test(
    "A reader after the boot loader's own source gets the line back",
    .enabled(if: Consumer.hasPython("json"), Consumer.missing),
    arguments: ["limine", "refind", "wsl", "rpi"]
  )
  func loaders(name: String) throws {
    let line = Self.words + " q=\"a b\" \"r=c d\""
    #expect(try read("loaders.py", name, try snippet(name, line)) == [line])
    let merged = try TargetFixture.merged(name, line, into: try file(name))
    let found = try #require(try read("loaders.py", name, merged).first)
    #expect(found.hasSuffix(" " + line), "\(merged)")
    #expect(!found.contains("movablecore=1G"))
  }

  @Test(
    "WSL's escapes arrive as they were meant",
    .enabled(if: Consumer.hasPython("json"), Consumer.missing),
    arguments: ["a=\\b", "b=c#d", "x=\"a\\ b\"", "p=\\\\share"]
  )
  func escapes(word: String) throws {
    #expect(try read("loaders.py", "wsl", try snippet("wsl", word)) == [word])
  }

  @Test(
    "grub-syslinux2cfg makes the default entry with the arguments",
    .enabled(if: Consumer.isThere("grub-syslinux2cfg"), Consumer.missing)
  )
  func extlinux() throws {
    func entries(_ text: String) throws -> [String] {
      let folder = try TemporaryFolder()
      try folder.write("extlinux.conf", text)
      let result = try Consumer.run(
        "grub-syslinux2cfg",
        ["-r", folder.url.path, folder.url.path + "/extlinux.conf"]
      )
      #expect(result.status == 0, "\(result.errors)\n\(text)")
      return result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let line = Self.words + " q=\"a b\""
    let fresh = try entries(try snippet("extlinux", line))
    #expect(fresh.contains { $0.hasSuffix("' " + line) }, "\(fresh)")
    let merged = try entries(
      try TargetFixture.merged("extlinux", line, into: try file("extlinux"))
    )
    #expect(merged.contains("default='two'"), "\(merged)")
    #expect(
      merged.contains { $0.hasSuffix("root=/dev/mmcblk0p2 ro " + line) },
      "\(merged)"
    )
    #expect(merged.contains { $0.hasSuffix("root=/dev/mmcblk0p1 kernelcore=7G") }, "\(merged)")
  }
}
