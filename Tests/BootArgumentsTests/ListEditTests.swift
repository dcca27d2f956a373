import BootArguments
import TestSupport
import Testing

/// Reading and writing know the same lists: what one finds, the other changes.
@Suite("Located lists, read and changed")
struct ListEditTests {
  /// A file that a target reads.
  struct File: Sendable {
    let target: String
    let path: String
    let text: String

    var bytes: [UInt8] { Array(text.utf8) }

    func words(of bytes: [UInt8]) throws -> [String] {
      let target = try #require(BootTargets.named(target))
      return try target.read(bytes, file: path).map { $0.argument.word }
    }
  }

  /// The formats that tests of recognition have files of, by target.
  private static let formats = [
    "grub": "grub", "bls": "bls", "systemd-boot": "cmdline", "tuned": "tuned", "bootc": "bootc",
    "ignition": "ignition", "nixos": "nixos", "kickstart": "kickstart", "libvirt": "libvirt",
    "ansible": "ansible", "cloud-init": "cloud-init", "talos": "talos",
    "butane-fcos": "butane", "machineconfig": "openshift",
  ]

  static let files: [File] =
    TargetFixture.files.map {
      File(target: $0.target, path: TargetFixture.paths[$0.target] ?? "f", text: $0.text)
    }
    + formats.sorted { $0.key < $1.key }.flatMap { target, format in
      RecognitionFixture.samples.filter { $0.format == format }.map {
        File(target: target, path: $0.path, text: $0.text)
      }
    }

  /// Those that their target reads: samples of a format may be meant for another target.
  private static let readable = files.indices.filter {
    (try? files[$0].words(of: files[$0].bytes)) != nil
  }

  private static let whole = TargetFixture.paths.keys.sorted()

  @Test("What a target writes, check recognizes and reads", arguments: whole)
  func written(name: String) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    let snippet = Array(try target.snippet(request).utf8)
    let sample = FileSample(path: try #require(TargetFixture.paths[name]), bytes: snippet)
    let format = try #require(KernelArgumentFormats.format(of: sample))
    #expect(target.formatName == format.name)
    let words = try format.read(sample).flatMap { $0.arguments }.map { $0.argument.word }
    #expect(words == request.change.set.map { $0.word })
  }

  @Test(
    "What a target writes as commands, check reads in a script",
    arguments: BootTargets.all.filter { $0.kind == .commands }.map { $0.name }
  )
  func commands(name: String) throws {
    let target = try #require(BootTargets.named(name))
    let snippet = try target.snippet(try TargetFixture.request("kernelcore=2G movablecore=4G"))
    let sample = FileSample(path: "setup.sh", bytes: Array(("#!/bin/sh\n" + snippet).utf8))
    let format = try #require(KernelArgumentFormats.format(of: sample))
    let words = try format.read(sample).flatMap { $0.arguments }.map { $0.argument.word }
    #expect(words == ["kernelcore=2G", "movablecore=4G"])
  }

  @Test(
    "What a target has changed, check recognizes and reads",
    arguments: TargetFixture.files.filter { TargetFixture.paths[$0.target] != nil }
  )
  func merged(name: String, text: String) throws {
    let path = try #require(TargetFixture.paths[name])
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    let sample = FileSample(
      path: path,
      bytes: try target.merge(request, into: Array(text.utf8), file: path)
    )
    let format = try #require(KernelArgumentFormats.format(of: sample))
    #expect(target.formatName == format.name)
    let words = try format.read(sample).flatMap { $0.arguments }.map { $0.argument.word }
    #expect(request.change.set.allSatisfy { words.contains($0.word) }, "\(words)")
  }

  @Test("Every target that reads a file is tried")
  func complete() {
    let readable = Set(BootTargets.all.filter { $0.canRead }.map { $0.name })
    #expect(readable == Set(TargetFixture.paths.keys))
    #expect(Set(Self.readable.map { Self.files[$0].target }) == Set(Self.files.map(\.target)))
  }

  @Test(
    "A value changes where it stands, and no other line does",
    .seeded(5),
    arguments: readable
  )
  func value(index: Int) throws {
    let file = Self.files[index]
    let target = try #require(BootTargets.named(file.target))
    let found = try target.read(file.bytes, file: file.path)
    var random = SeededGenerator()
    let names = found.map { $0.argument.key }
    var changed = 0
    for (place, old) in found.enumerated() where old.argument.value != nil {
      let isOnce = names.count { $0 == old.argument.key } == 1
      let digits = UInt16.random(in: 1...999, using: &random)
      let new = try BootArgument.parse("\(old.argument.name)=\(digits)")
      let request = BootRequest(
        change: try ArgumentChange(set: new, removals: []),
        owner: TargetFixture.owner
      )
      let words = found.map { $0.argument.word }
      guard isOnce, let after = try? target.merge(request, into: file.bytes, file: file.path)
      else { continue }
      var expected = words
      expected[place] = new[0].word
      let read = try file.words(of: after)
      // Some arguments may stand several times: those are added.
      guard read.count == words.count else {
        changed += 1
        continue
      }
      #expect(read == expected, "\(String(decoding: after, as: UTF8.self))")
      let (before, now) = (Self.lines(file.bytes), Self.lines(after))
      #expect(before.count == now.count)
      #expect(zip(before, now).count { $0 != $1 } <= 1)
      changed += 1
    }
    let values = found.count { $0.argument.value != nil }
    #expect(changed > 0 || values == 0, "\(file.target) \(file.text)")
  }

  @Test(
    "What is added can be taken out again, and the rest stays",
    arguments: readable.filter { files[$0].target != "sysfs" }
  )
  func addition(index: Int) throws {
    let file = Self.files[index]
    let target = try #require(BootTargets.named(file.target))
    let words = try file.words(of: file.bytes)
    let new = try BootArgument.parse("zone.first=1 zone.second")
    let request = BootRequest(
      change: try ArgumentChange(set: new, removals: []),
      owner: TargetFixture.owner
    )
    let more: [UInt8]
    do throws(BootArgumentsError) {
      more = try target.merge(request, into: file.bytes, file: file.path)
    } catch {
      #expect(error.isAboutFile)
      return
    }
    let read = try file.words(of: more)
    #expect(read.filter { !$0.hasPrefix("zone.") } == words)
    #expect(read.filter { $0.hasPrefix("zone.") } == new.map { $0.word })
    let back = try target.unmerge(request, from: more, file: file.path)
    #expect(try file.words(of: back) == words)
    let lines = Self.lines(more)
    var position = lines.startIndex
    for line in Self.lines(file.bytes) where !lines[position...].contains(line) {
      // The only line that may be missing is the one that took the new arguments.
      let changed = lines[position...].first { $0.contains("zone.first") }
      #expect(changed != nil, "\(line)")
      position = lines.firstIndex { $0 == changed } ?? position
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    .map { String($0) }
  }
}
