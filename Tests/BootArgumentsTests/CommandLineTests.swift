import BootArguments
import TestSupport
import Testing

@Suite("Command line")
struct CommandLineTests {
  private func change(_ words: String, removing names: [String] = []) throws -> ArgumentChange {
    try ArgumentChange(try BootArgument.parse(words), removing: names)
  }

  @Test(
    "Sets, replaces in place and removes, and leaves the rest byte for byte",
    arguments: [
      ("root=/dev/sda ro quiet\n", "kernelcore=2G", "root=/dev/sda ro quiet kernelcore=2G\n"),
      ("a  kernelcore=1G\tb", "kernelcore=2G", "a  kernelcore=2G\tb"),
      ("kernelcore=1G a kernelcore=3G", "kernelcore=2G", "kernelcore=2G a"),
      ("a movablecore=1G b", "kernelcore=2G", "a b kernelcore=2G"),
      ("movablecore=1G", "kernelcore=2G", "kernelcore=2G"),
      ("movable_node movablecore=1G quiet", "kernelcore=2G", "quiet kernelcore=2G"),
      ("a movable-node=x", "kernelcore=2G", "a kernelcore=2G"),
      ("kernelcore=2G movablecore=1G", "movable_node", "movable_node"),
      ("", "kernelcore=2G", "kernelcore=2G"),
      ("\n", "kernelcore=2G", "kernelcore=2G\n"),
      (
        "quiet -- single kernelcore=9G", "kernelcore=2G",
        "quiet kernelcore=2G -- single kernelcore=9G"
      ),
      ("-- single", "kernelcore=2G", "kernelcore=2G -- single"),
      ("kernelcore=\"2G\" a", "kernelcore=2G", "kernelcore=\"2G\" a"),
      ("dyndbg=\"file a.c +p\" x", "kernelcore=2G", "dyndbg=\"file a.c +p\" x kernelcore=2G"),
      (
        "memory-hotplug.online-policy=contig-zones",
        "memory_hotplug.online_policy=auto-movable",
        "memory_hotplug.online_policy=auto-movable"
      ),
      (
        "memhp_default_state=online_movable a", "memory_hotplug.online_policy=auto-movable",
        "a memory_hotplug.online_policy=auto-movable"
      ),
      (
        "memhp_default_state=online a", "memory_hotplug.online_policy=auto-movable",
        "memhp_default_state=online a memory_hotplug.online_policy=auto-movable"
      ),
      (
        "hugepagesz=2M hugepages=9", "hugepagesz=1G hugepages=2",
        "hugepagesz=2M hugepages=9 hugepagesz=1G hugepages=2"
      ),
      (
        "x hugepagesz=1G hugepages=2 y", "hugepagesz=1G hugepages=2",
        "x hugepagesz=1G hugepages=2 y"
      ),
      ("console=tty0", "console=ttyS0", "console=tty0 console=ttyS0"),
    ]
  )
  func edits(before: String, set: String, after: String) throws {
    let change = try change(set)
    let once = CommandLine(before).applying(change)
    #expect(once.text == after)
    #expect(once.applying(change).text == after)
  }

  @Test("Removes what the advice names, and undoes what it set")
  func removesAndUndoes() throws {
    let change = try change("kernelcore=2G", removing: ["memhp-default-state"])
    let line = CommandLine("a memhp_default_state=online b").applying(change)
    #expect(line.text == "a b kernelcore=2G")
    #expect(line.applying(change.undone).text == "a b")
  }

  @Test(
    "Pools of huge pages that are written anew take the place of all that the line has",
    arguments: [
      (
        "a hugepagesz=1G hugepages=16 b hugepagesz=2M hugepages=4", "a b",
        "hugepagesz=1G hugepages=32 hugepagesz=2M hugepages=4"
      ),
      ("hugepages=64 a", "a", "hugepagesz=1G hugepages=32"),
      ("default_hugepagesz=1G hugepages=4", "default_hugepagesz=1G", "hugepagesz=1G hugepages=9"),
    ]
  )
  func pools(before: String, kept: String, words: String) throws {
    let change = try change(words, removing: ["hugepagesz", "hugepages"])
    let once = CommandLine(before).applying(change)
    #expect(once.text == "\(kept) \(words)")
    #expect(once.applying(change).text == once.text)
  }

  @Test(
    "Refuses what would not arrive",
    arguments: [
      "kernelcore=2G\nquiet", "a\tb", "kernelcore=2G -- x", "kernelcore=2G --", "--",
      "a=\"b c", "a=b\"c", "=x", "café=à", "kernelcore=1G kernelcore=2G",
      "movable-node movable_node",
      "a=\u{7F}", "a\0b",
    ]
  )
  func refuses(words: String) {
    #expect(throws: BootArgumentsError.self) { try change(words) }
  }

  @Test(
    "Takes what the kernel takes",
    arguments: ["a=\"b c\"", "\"a=b c\"", "x=é", "a=$(b)`c`%d\\e'f"]
  )
  func accepts(words: String) throws {
    #expect(try BootArgument.parse(words).map { $0.word } == [words])
  }

  @Test("Says what arguments do to each other")
  func interactions() throws {
    let both = try BootArgument.parse("kernelcore=1G movablecore=2G")
    #expect(ArgumentRemoval.interactions(within: both).count == 1)
    let node = try BootArgument.parse("kernelcore=1G movable_node")
    #expect(
      ArgumentRemoval.interactions(within: node) == [
        "the kernel ignores kernelcore under movable_node"
      ]
    )
  }

  @Test("A random line keeps every argument that is not touched, in order", .seeded(1))
  func property() throws {
    var random = SeededGenerator()
    let change = try change("kernelcore=7G memory_hotplug.online_policy=auto-movable")
    for _ in 0..<2000 {
      let line = CommandLine(random.line())
      let after = line.applying(change)
      let ours: Set<String> = [
        "kernelcore", "movablecore", "movable_node", "memory_hotplug.online_policy",
      ]
      func rest(_ line: CommandLine) -> [String] {
        line.arguments.filter { !ours.contains($0.key) }.map { $0.word }
      }
      #expect(rest(line) == rest(after), "\(line.text.debugDescription)")
      #expect(
        after.arguments.filter { ours.contains($0.key) }.count == 2,
        "\(line.text.debugDescription)"
      )
      #expect(after.applying(change) == after)
    }
  }
}

extension SeededGenerator {
  /// A command line of words that loaders and kernels read with care.
  mutating func line() -> String {
    let words = [
      "quiet", "ro", "root=/dev/sda1", "kernelcore=1G", "movablecore=2G", "movable_node",
      "kernelcore=mirror", "x=\"a b\"", "\"y=c d\"", "dyndbg=\"file x +p\"", "é=ü",
      "memory_hotplug.online-policy=contig-zones", "kernelcore", "a=\"\"", "b=",
    ]
    let blanks = [" ", "  ", "\t", " \n "]
    var line = Bool.random(using: &self) ? " " : ""
    for _ in 0..<Int.random(in: 0...8, using: &self) {
      line +=
        (words.randomElement(using: &self) ?? "") + (blanks.randomElement(using: &self) ?? " ")
    }
    return line
  }
}
