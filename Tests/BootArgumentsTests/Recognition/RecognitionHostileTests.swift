import BootArguments
internal import SourceText
import TestSupport
import Testing

@Suite("Files that are cut, broken or made to hurt")
struct RecognitionHostileTests {
  typealias Fixture = RecognitionFixture

  @Test(
    "Cut at any byte, or broken anywhere, nothing traps and every place is in the text",
    .seeded(11),
    arguments: Fixture.samples.indices
  )
  func cut(index: Int) throws {
    let sample = Fixture.samples[index]
    let bytes = Array(sample.text.utf8)
    let native = try #require(KernelArgumentFormats.all.first { $0.name == sample.format })
    var random = SeededGenerator()
    var tries = (0...bytes.count).map { Array(bytes[..<$0]) }
    for _ in 0..<200 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<broken.count, using: &random)
        broken[place] =
          "\"'\\$[]{}#=:-\n\t <>&*%|`,x\r\u{1}".utf8.randomElement(using: &random) ?? 0
      }
      tries.append(broken)
    }
    for bytes in tries {
      let file = FileSample(path: sample.path, bytes: bytes)
      for format in [native, KernelArgumentFormats.format(of: file)].compactMap({ $0 }) {
        guard let lines = try? format.read(file) else { continue }
        for argument in lines.flatMap({ $0.arguments }) {
          let line = argument.place.line(in: bytes)?.unicodeScalars.count
          let end = argument.place.column + argument.length - 1
          #expect(
            line.map { end <= max(1, $0) } ?? false,
            "\(String(decoding: bytes, as: UTF8.self))"
          )
        }
      }
    }
  }

  @Test("Invalid UTF-8 is refused with its place, or read around where nobody named a format")
  func notUTF8() throws {
    let grub = FileSample(
      path: "grub",
      bytes: Array("GRUB_CMDLINE_LINUX=\"a\"\n# ".utf8) + [0xE9, 0x0A]
    )
    let format = try #require(KernelArgumentFormats.format(of: grub))
    #expect(throws: LocatedError.self) { try format.read(grub) }
    let script = FileSample(
      path: "a.sh",
      bytes: [0x23, 0xE9, 0x0A] + Array("qemu -append \"hugepages=4\"\n".utf8)
    )
    let lines = try KernelArgumentFormats.format(of: script)?.read(script)
    #expect(lines?.first?.arguments.first?.place.line == 2)
  }

  @Test("A byte order mark is no character; lines may end in CR LF")
  func marks() throws {
    let text = "\u{FEFF}GRUB_CMDLINE_LINUX=\"kernelcore=2G\"\r\n"
    let found = try #require(try Fixture.read(text, path: "grub").first?.arguments.first)
    #expect((found.place.line, found.place.column, found.length) == (1, 21, 13))
    let line = found.place.line(in: Array(text.utf8))
    #expect(line == "GRUB_CMDLINE_LINUX=\"kernelcore=2G\"")
    #expect(found.argument.word == "kernelcore=2G")
  }

  @Test("UTF-16 is told, where its text would be one of these", arguments: [true, false])
  func utf16(isLittle: Bool) throws {
    func encoded(_ text: String) -> [UInt8] {
      [0xFEFF].appending(text.utf16).flatMap {
        isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
      }
    }
    let file = FileSample(path: "grub", bytes: encoded("GRUB_CMDLINE_LINUX=\"a\"\n"))
    let format = try #require(KernelArgumentFormats.format(of: file))
    let error = #expect(throws: LocatedError.self) { try format.read(file) }
    #expect(error?.description == "grub:1:1: UTF-16 text: save it as UTF-8")
    let other = FileSample(path: "a.txt", bytes: encoded("nothing of interest"))
    #expect(KernelArgumentFormats.format(of: other) == nil)
  }

  @Test("A NUL makes it no text")
  func binary() {
    let file = FileSample(path: "x.conf", bytes: [0] + Array("kernelcore=2G root=/dev/sda".utf8))
    #expect(file.isBinary)
    #expect(KernelArgumentFormats.format(of: file) == nil)
  }

  static let bad: [(path: String, text: String, line: Int, column: Int)] = [
    ("mc.yaml", "kind: MachineConfig\nspec:\n\tkernelArguments: [a]\n", 3, 1),
    ("mc.yaml", "kind: MachineConfig\nspec:\n  kernelArguments: [a\n", 4, 1),
    ("mc.yaml", "kind: MachineConfig\nspec:\n  kernelArguments: a\n", 3, 20),
    ("mc.yaml", "kind: MachineConfig\nspec: {a: 1, a: 2}\n", 2, 14),
    ("mc.yaml", "kind: MachineConfig\nspec:\n  kernelArguments: ['a=\"b', c]\n", 3, 22),
    ("mc.yaml", "kind: MachineConfig\nspec: *none\n", 2, 7),
    ("grub", "GRUB_CMDLINE_LINUX=\"a\n", 1, 20),
    ("grub", "GRUB_CMDLINE_LINUX='a \"b'\n", 1, 23),
    ("a.toml", "kargs = [\"a\"\n", 1, 9),
    ("zipl.conf", "target=/boot\nparameters=\"a\n", 2, 12),
    ("a.nix", "{ boot.kernelParams = [ \"a\"; }", 1, 23),
    ("grub.cfg", "menuentry 'a' {\n linux /k 'a\n}\n", 2, 11),
    ("c.toml", "[hypervisor.qemu]\nkernel_params = \"a\n", 2, 17),
  ]

  @Test("What is no good is told with its place", arguments: bad.indices)
  func places(index: Int) throws {
    let (path, text, line, column) = Self.bad[index]
    let sample = FileSample(path: path, bytes: Array(text.utf8))
    let format = try #require(KernelArgumentFormats.format(of: sample), "\(text)")
    let error = #expect(throws: LocatedError.self) { try format.read(sample) }
    let start = "\(path):\(line):\(column): "
    #expect(error?.description.hasPrefix(start) ?? false, "\(error?.description ?? "")")
  }

  @Test("Aliases are followed to where they lead, and never written out")
  func aliases() throws {
    let shared = """
      base: &base
        kernelArguments: &args [kernelcore=2G]
      kind: MachineConfig
      metadata: {name: a}
      spec:
        <<: *base
      """
    #expect(
      try Fixture.read(shared, path: "a.yaml").map { Fixture.summary($0) } == ["a: kernelcore=2G"]
    )
    var bomb = "kind: MachineConfig\nspec: {kernelArguments: [kernelcore=2G]}\na0: &a0 [x, x]\n"
    for level in 1...60 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(try Fixture.read(bomb, path: "a.yaml").count == 1)
    // As keys they are not compared: that would write them out.
    for keys in ["? *a60\n: 1\n? *a59\n: 1\n", "*a60 : 1\n*a59 : 1\n"] {
      #expect(try Fixture.read(bomb + keys, path: "a.yaml").count == 1)
    }
  }

  @Test("A variable that doubles itself is refused")
  func doubling() {
    let line = "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX $GRUB_CMDLINE_LINUX\"\n"
    let text = "GRUB_CMDLINE_LINUX=a=1\n" + String(repeating: line, count: 60)
    #expect(throws: LocatedError.self) { try Fixture.read(text, path: "grub") }
  }

  static let large: [(path: String, text: String)] = {
    let count = 20_000
    func times(_ text: String, _ count: Int = count) -> String {
      String(repeating: text, count: count)
    }
    return [
      ("mc.yaml", "kind: MachineConfig\nspec: " + times("[", 5000)),
      ("mc.yaml", "kind: MachineConfig\nspec:\n" + times("- ", 5000)),
      ("a.yaml", "a: [\"\u{E9} kernelcore=2G\"" + times(", {a: \u{E9}}") + "]\n"),
      ("a.yaml", "hugepages=1\n" + times("a: 1\n---\n")),
      ("a.tf", "x = \"hugepages=4\"\n" + times("[\"[\",")),
      ("a.tf", "x = \"hugepages=4\"\n" + times("${")),
      ("a.sh", "x=\"hugepages=4\" " + times(" #")),
      ("a.sh", times("hugepages=4 ")),
      ("a.rb", times("a = <<EOT + \"movablecore=1G\"\n")),
      ("a.py", times("\"movablecore=1G\" + ")), ("a.py", "x = \"cma=1\"\n" + times("\\\"\"\"")),
      ("a.dts", times("linux,cma { size = <0x1000000>; };\n")),
      ("a.tf", times("cmdline = { movablecore = ")),
      ("uEnv.txt", "bootargs=cma=1M\n" + times("x=setenv bootargs ")),
      ("bootconfig", "kernel.movablecore = 1G\n" + times("a {")),
      ("a.sh", times("append=hugepages=4;")),
      ("grub.cfg", times("menuentry 'a' {\nlinux /k root=a\n}\n")),
      ("grub", "GRUB_CMDLINE_LINUX=\"" + times("$a ") + "\"\n"),
      ("a.nix", "{ boot.kernelParams = " + times("[")),
      ("a.conf", "title a\n" + times("options kernelcore=2G\n")),
      ("a.ipxe", "#!ipxe\n" + times("kernel a hugepages=4\n")),
      (
        "user-data",
        "#cloud-config\nwrite_files:\n" + times("- {path: a, content: \"root=a b\"}\n", 2000)
      ),
    ]
  }()

  @Test("Large files end", .timeLimit(.minutes(2)), arguments: large.indices)
  func bounded(index: Int) {
    let (path, text) = Self.large[index]
    let sample = FileSample(path: path, bytes: Array(text.utf8))
    _ = try? KernelArgumentFormats.format(of: sample)?.read(sample)
  }
}

extension Array {
  fileprivate func appending(_ more: some Sequence<Element>) -> [Element] { self + more }
}
