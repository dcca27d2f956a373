import BootArguments
internal import SourceText
import TestSupport
import Testing

@Suite("Files that are not understood")
struct BadFileTests {
  static let bad: [(target: String, text: String, line: Int, column: Int)] = [
    ("grub", "A=1\nGRUB_CMDLINE_LINUX=\"quiet\n", 2, 20),
    ("grub", "GRUB_CMDLINE_LINUX='a", 1, 20),
    ("grub", "A=\"$(x\n", 1, 4),
    ("bls", "title x\n[section]\n", 2, 1),
    ("bootc", "kargs = [\"a\"\n", 1, 9),
    ("bootc", "kargs = \"a\"\n", 1, 9),
    ("bootc", "# x\nkargs = [\"a\", 1]\n", 2, 15),
    ("bootc", "kargs = [\"a]\n", 1, 10),
    ("bootc", "delete = [\"a\"]\n", 1, 1),
    ("bootc", "kargs = []\nkargs = []\n", 2, 1),
    ("bootc", "kargs = [\"\\q\"]\n", 1, 11),
    ("ignition", "{\"ignition\": {},}", 1, 16),
    ("ignition", "{\n  \"kernelArguments\": {}\n}", 1, 1),
    ("ignition", "{\"ignition\": {}, \"kernelArguments\": []}", 1, 18),
    ("ignition", "{\"ignition\": {}, \"kernelArguments\": {\"shouldExist\": [1]}}", 1, 38),
    ("ignition", "{\"ignition\": {}} x", 1, 18),
    ("ignition", "[", 1, 2),
    ("machineconfig", "kind: ConfigMap\n", 1, 1),
    ("machineconfig", "kind: MachineConfig\nspec: x\n", 2, 7),
    ("machineconfig", "kind: MachineConfig\nspec:\n  kernelArguments: a\n", 3, 20),
    ("machineconfig", "kind: MachineConfig\nspec:\n  kernelArguments: [{a: b}]\n", 3, 21),
    ("machineconfig", "kind: MachineConfig\nkind: x\n", 2, 1),
    ("machineconfig", "kind: \"x\n", 2, 1),
    ("machineconfig", "a: &a [x]\nkind: MachineConfig\nspec: *a\n", 1, 4),
    ("talos", "a: b\n", 1, 1),
    ("ansible", "- hosts: all\n", 1, 1),
    ("ansible", "bootloader_settings: x\n", 1, 22),
    ("cloud-init", "write_files: []\n", 1, 1),
    ("cloud-init", "#cloud-config\nwrite_files: x\n", 2, 14),
    ("tuned", "cmdline=+a\n", 1, 1),
    ("tuned", "[bootloader]\ncmdline\n", 2, 1),
    ("tuned", "[bootloader\n", 1, 1),
    ("nixos", "{ boot.kernelParams = [ \"a\"; }", 1, 23),
    ("nixos", "{ boot.kernelParams = [ \"a ]; }", 1, 25),
    ("nixos", "{ boot.kernelParams = x; }", 1, 3),
    ("kickstart", "bootloader --append=\"a\n", 1, 21),
    ("libvirt", "<domain><os></domain>", 1, 13),
    ("libvirt", "<domain>", 1, 1),
    ("libvirt", "<!DOCTYPE x><domain/>", 1, 1),
    ("libvirt", "<domain><os><cmdline>a &b;</cmdline></os></domain>", 1, 24),
    ("libvirt", "<domain><os><cmdline>a<!-- x --></cmdline></os></domain>", 1, 13),
    ("libvirt", "no xml", 1, 1),
    ("sysfs", "# x\nw\n", 2, 1),
    ("firecracker", "{\"drives\": []}", 1, 1),
    ("firecracker", "{\"boot-source\": {", 1, 18),
    ("cloud-hypervisor", "{\"cpus\": {}}", 1, 1),
    ("kata", "[agent.kata]\n", 1, 1),
    ("kata", "[hypervisor.qemu]\nkernel_params = \"a\n", 2, 17),
    ("extlinux", "default a\n", 1, 1),
    ("refind", "timeout 3\n", 1, 1),
    ("limine", "/Windows\n  protocol: efi\n", 1, 1),
    ("bottlerocket", "[settings.boot.kernel-parameters]\na = []\na = []\n", 3, 1),
    ("wsl", "[wsl2]\nkernelCommandLine=a \"b\n", 2, 21),
    ("wsl", "[wsl2]\nkernelCommandLine=a\\q\n", 2, 20),
  ]

  @Test("The place is named", arguments: bad)
  func place(target name: String, text: String, line: Int, column: Int) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    do throws(BootArgumentsError) {
      _ = try target.read(Array(text.utf8), file: "f")
      // What could be read so far has no place for more.
      _ = try target.merge(request, into: Array(text.utf8), file: "f")
      Issue.record("read and changed")
    } catch {
      guard case .file(let located) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(
        located.place == SourceLocation(file: "f", line: line, column: column),
        "\(error)"
      )
    }
  }

  @Test(
    "What can't be changed without guessing is refused",
    arguments: [
      ("nixos", "{ }", 1, 1),
      ("libvirt", "<domain>\n<os/></domain>", 2, 1),
      ("grub", "GRUB_CMDLINE_LINUX_DEFAULT=a'b'\n", 1, 28),
      ("ansible", "bootloader_settings: [{kernel: ALL, options: [{name: quiet}]}]\n", 1, 46),
      ("machineconfig", "kind: MachineConfig\nspec: {}\n", 2, 7),
      ("machineconfig", "kind: MachineConfig\nspec:\n  kernelArguments:\n    - |\n      a\n", 5, 7),
      ("cloud-init", "#cloud-config\nwrite_files: [{path: /a}]\n", 2, 1),
    ]
  )
  func refusal(target name: String, text: String, line: Int, column: Int) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request("kernelcore=2G")
    do throws(BootArgumentsError) {
      let merged = try target.merge(request, into: Array(text.utf8), file: "f")
      Issue.record("merged: \(String(decoding: merged, as: UTF8.self))")
    } catch {
      guard case .file(let located) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(
        located.place == SourceLocation(file: "f", line: line, column: column),
        "\(error)"
      )
    }
  }

  @Test(
    "A name in Bottlerocket's settings may have quotes inside, and none of its bytes is invented"
  )
  func quotedName() throws {
    let target = try #require(BootTargets.named("bottlerocket"))
    let text =
      "[settings.boot.kernel-parameters]\n\u{79A}ovable\"e\" = [\"12G\"]\na\"\u{79A}\" = []\n"
    let read = try target.read(Array(text.utf8), file: "f")
    let words = read.map(\.argument.word)
    #expect(words == ["\u{79A}ovablee=12G", "a\u{79A}"])
  }

  @Test("Bytes that are not UTF-8 are refused with their place", arguments: RoundTripTests.readable)
  func notText(target name: String) throws {
    let target = try #require(BootTargets.named(name))
    let error = #expect(throws: BootArgumentsError.self) {
      try target.read([0x61, 0x0A, 0x62, 0xFF], file: "f")
    }
    #expect(error?.description == "f:2:2: not UTF-8 text")
  }

  @Test(
    "Cut and broken files never trap, and what is merged twice is merged once",
    .seeded(7),
    arguments: TargetFixture.files
  )
  func hostile(target name: String, text: String) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    let bytes = Array(text.utf8)
    var random = SeededGenerator()
    var tries = (0...bytes.count).map { Array(bytes[..<$0]) }
    for _ in 0..<400 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<broken.count, using: &random)
        broken[place] = "\"'\\$[]{}#=:-\n\t <>&%|`,x".utf8.randomElement(using: &random) ?? 0
      }
      tries.append(broken)
    }
    for bytes in tries {
      guard let merged = try? target.merge(request, into: bytes, file: "f") else { continue }
      guard (try? target.merge(request, into: merged, file: "f")) == merged else {
        let after = String(decoding: merged, as: UTF8.self)
        Issue.record("\(String(decoding: bytes, as: UTF8.self))\n~~~>\n\(after)")
        return
      }
    }
  }

  @Test(
    "A change is refused where a quote or a backslash in front of it would take it",
    arguments: [
      // The blank behind the backslash goes with the word, and the quote is escaped.
      (
        "grub",
        "GRUB_CMDLINE_LINUX=\"console=ttyS\\ movablecore=1G\"\n"
          + "GRUB_CMDLINE_LINUX_DEFAULT='quiet kernelcore=9G'\n"
      ),
      // Quotes that no line closes.
      ("kickstart", "bootloader --location=mbr -append=\"quiet movablecore\n1G\" --timeout=1\n"),
      ("bls", "title x\noptions root=\"UID=1 ro\noptions  \"movab=ecore=1G quiet\n"),
    ]
  )
  func openEnds(target name: String, text: String) throws {
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request(TargetFixture.words(for: target))
    let error = #expect(throws: BootArgumentsError.self) {
      try target.merge(request, into: Array(text.utf8), file: "f")
    }
    #expect(error?.isAboutFile == true)
  }

  @Test("Places count lines and characters")
  func positions() throws {
    let places = try TargetFixture.read(
      "machineconfig",
      "kind: MachineConfig\nspec:\n  kernelArguments:\n  - nosmt\n  - \"é=\\\"1 2\\\" b\"\n"
    )
    #expect(places.map { $0.argument.word } == ["nosmt", "é=\"1 2\"", "b"])
    #expect(places.map { $0.place.line } == [4, 5, 5])
    #expect(places.map { $0.place.column } == [5, 6, 16])
  }
}

@Suite("Large files")
struct LargeFileTests {
  static let large: [(target: String, text: String)] = {
    let count = 20_000
    let quoted = Array(repeating: "\"a=1\"", count: count).joined(separator: ",")
    let lines = Array(repeating: "  - a=1\n", count: count).joined()
    let words = Array(repeating: "a=1", count: count).joined(separator: " ")
    return [
      ("raw", words),
      ("grub", "GRUB_CMDLINE_LINUX=\"\(words)\"\n"),
      ("bls", Array(repeating: "options a=1\n", count: count).joined()),
      ("bootc", "kargs = [\(quoted)]\n"),
      ("ignition", "{\"ignition\":{},\"kernelArguments\":{\"shouldExist\":[\(quoted)]}}"),
      ("talos", "customization:\n extraKernelArgs:\n\(lines)"),
      ("talos", "customization:\n extraKernelArgs: [\(quoted)] # é\n"),
      ("nixos", "{ boot.kernelParams = [ \(quoted.replacing(",", with: " ")) ]; }"),
      ("tuned", "[bootloader]\n" + Array(repeating: "cmdline=a=1\n", count: count).joined()),
      ("kickstart", "bootloader --append=\"\(words)\"\n"),
      ("libvirt", "<domain><os><cmdline>\(words)</cmdline></os></domain>"),
      ("libvirt", String(repeating: "<a>", count: count)),
      ("ignition", String(repeating: "[", count: count)),
      ("nixos", String(repeating: "\"${", count: count)),
      ("grub", "A=" + String(repeating: "$(", count: count)),
      ("ignition", "{" + (0..<count).map { "\"\($0)\":1," }.joined() + "\"ignition\":{}}"),
    ]
  }()

  @Test("Take time in proportion to their size", .timeLimit(.minutes(2)), arguments: large.indices)
  func bounded(index: Int) throws {
    let (name, text) = Self.large[index]
    let target = try #require(BootTargets.named(name))
    let request = try TargetFixture.request("kernelcore=2G")
    _ = try? target.read(Array(text.utf8), file: "f")
    // What is taken grows by the arguments, not by a multiple of the file.
    if let merged = try? target.merge(request, into: Array(text.utf8), file: "f") {
      #expect(merged.count < text.utf8.count + 4096, "\(name)")
    }
  }
}
