import BootArguments
import Testing

@Suite("Emit and read back")
struct RoundTripTests {
  static let readable = BootTargets.all.filter { $0.canRead }.map { $0.name }

  /// Words that need quoting in one format or another.
  static let exotic = [
    "plain=1", "flag", "x=\"a b\"", "\"y=a b\"", "p=100%", "p=%n%%", "d=$HOME", "d=${HOME}",
    "d=`id`",
    "b=a\\b", "b=\\", "s='a'", "s=it's", "h=#x", "#h=1", "c=a,b;c", "j={{x}}", "j={%x%}", "k=[a]",
    "a=&b", "a=*b", "l=<x>&amp;", "u=é", "\u{5B57}=\u{1F600}", "z=a\u{85}b", "z=\u{2028}", "e=",
    "e=\"\"", "t=true", "yes", "null", "0x10", "1.5", "~", "m=|", "n=>", "o=:", "q=?", "r=\"- x\"",
    "-x", "@x", "!x", "w=a\"b\"c", "w=\"a\"b", "=\u{7F}", "v=a=b=c", "v=\"a\\\"b\"",
  ]

  @Test("What is written is read, or refused", arguments: readable)
  func roundTrip(target name: String) throws {
    let target = try #require(BootTargets.named(name))
    var written = 0
    for word in Self.exotic {
      guard let arguments = try? BootArgument.parse(word), let first = arguments.first else {
        continue
      }
      let request = BootRequest(
        change: try ArgumentChange(arguments),
        owner: TargetFixture.owner
      )
      let text: String
      do throws(BootArgumentsError) {
        text = try target.snippet(request)
      } catch {
        #expect(!error.isAboutFile)
        continue
      }
      written += 1
      let read = try target.read(Array(text.utf8), file: "f").map { $0.argument }
      #expect(read.count == 1, "\(word): \(text)")
      #expect(
        read.first?.name == first.name && read.first?.value == first.value,
        "\(word): \(text)"
      )
      let again = try target.merge(request, into: Array(text.utf8), file: "f")
      #expect(again == Array(text.utf8), "\(word)")
    }
    // A target that refused everything would pass too.
    #expect(written > (name == "sysfs" ? -1 : 8), "\(written)")
  }

  @Test("Merging exotic words into every file gives them back", arguments: TargetFixture.files)
  func merges(target name: String, text: String) throws {
    let target = try #require(BootTargets.named(name))
    for word in Self.exotic {
      guard let arguments = try? BootArgument.parse(word), let first = arguments.first else {
        continue
      }
      let request = BootRequest(change: try ArgumentChange(arguments), owner: TargetFixture.owner)
      guard let merged = try? target.merge(request, into: Array(text.utf8), file: "f") else {
        continue
      }
      let read = try target.read(merged, file: "f").map { $0.argument }
      #expect(
        read.contains { $0.name == first.name && $0.value == first.value },
        "\(word): \(String(decoding: merged, as: UTF8.self))"
      )
      #expect(try target.merge(request, into: merged, file: "f") == merged, "\(word)")
    }
  }

  @Test(
    "Every target writes the ordinary arguments, with where, how and how back",
    arguments: BootTargets.all.map { $0.name }
  )
  func ordinary(target name: String) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(
      TargetFixture.words(for: target),
      removing: ["movablecore"],
      commandLine: "root=/dev/sda1 movablecore=3G"
    )
    let text = try target.snippet(request)
    if !(TargetFixture.running + ["ansible", "bottlerocket"]).contains(target.name) {
      #expect(text.contains("kernelcore=2G"))
    }
    #expect(
      text.contains("Made by zonewise 0.1.0 on 2026-01-31, profile general") == target.hasComments
    )
    #expect(target.about(request).contains { $0.hasPrefix("Roll back: ") })
    #expect(try target.rollbackScript(request).hasPrefix("# Takes back: "))
    #expect(target.rebootNeeded == !TargetFixture.running.contains(target.name))
    #expect(!text.contains("\u{1}"))
  }

  @Test("The way back sets again what the host had")
  func rollback() throws {
    let request = try TargetFixture.request(
      "kernelcore=2G",
      commandLine: "ro kernelcore=1G movablecore=3G"
    )
    let grubby = try #require(BootTargets.named("grubby")).rollbackScript(request)
    #expect(grubby.contains("--remove-args=kernelcore=2G --args='kernelcore=1G movablecore=3G'"))
    let ostree = try #require(BootTargets.named("rpm-ostree")).rollbackScript(request)
    #expect(ostree.contains("--append=kernelcore=1G --append=movablecore=3G"))
  }
}
