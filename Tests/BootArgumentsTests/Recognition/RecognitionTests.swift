import BootArguments
import Foundation
internal import SourceText
import TestSupport
import Testing

@Suite("Recognizing files with kernel arguments")
struct RecognitionTests {
  typealias Fixture = RecognitionFixture

  @Test("Every kind is recognized and read", arguments: Fixture.samples.indices)
  func samples(index: Int) throws {
    let sample = Fixture.samples[index]
    let file = FileSample(path: sample.path, bytes: Array(sample.text.utf8))
    #expect(KernelArgumentFormats.format(of: file)?.name == sample.format, "\(sample.path)")
    let lines = try Fixture.read(sample.text, path: sample.path)
    #expect(lines.map { Fixture.summary($0) } == sample.lines, "\(sample.path)")
  }

  /// Formats whose settings have names of their own: the caret is under the setting.
  static let standIns: Set = [
    "kernel-config", "bootconfig", "device-tree", "raspberry-pi", "bottlerocket", "kubelet",
  ]

  @Test("The caret is under each argument", arguments: Fixture.samples.indices)
  func places(index: Int) throws {
    let sample = Fixture.samples[index]
    let bytes = Array(sample.text.utf8)
    for argument in try Fixture.read(sample.text, path: sample.path).flatMap({ $0.arguments }) {
      let line = try #require(argument.place.line(in: bytes)).unicodeScalars
      let found = line.dropFirst(argument.place.column - 1).prefix(argument.length)
      let word = argument.argument.word
      // A field of its own has the value only, or the name and the value apart.
      let (name, value) = (argument.argument.name, argument.argument.value)
      let text = String(String.UnicodeScalarView(found))
      #expect(
        [word, value ?? word].contains(text)
          || text.hasPrefix(name) && text.hasSuffix(value ?? "")
          || Self.standIns.contains(sample.format) || name == "kubelet.reserved"
          || sample.format == "ansible" && found.elementsEqual(name.unicodeScalars),
        "\(sample.path): \(word)"
      )
    }
  }

  @Test("Only the search for arguments in any text may take a file that another format knows")
  func exactlyOne() {
    let literal: Set = ["packer", "yaml", "text", "source", "any"]
    for sample in Fixture.samples {
      let file = FileSample(path: sample.path, bytes: Array(sample.text.utf8))
      let names = KernelArgumentFormats.all.filter { $0.recognizes(file) }.map { $0.name }
      let native = names.filter { !literal.contains($0) }
      #expect(
        native == (literal.contains(sample.format) ? [] : [sample.format]),
        "\(sample.path): \(names)"
      )
    }
    let names = KernelArgumentFormats.all.map { $0.name }
    #expect(Set(names).count == names.count)
    #expect(Set(Fixture.samples.map { $0.format }).union(["utf-16"]) == Set(names))
  }

  @Test("Other texts yield nothing", arguments: Fixture.nothing.indices)
  func nothing(index: Int) throws {
    let (path, text) = Fixture.nothing[index]
    #expect(try Fixture.read(text, path: path).flatMap { $0.arguments }.isEmpty, "\(path)")
  }

  static let exact: [(path: String, text: String, places: [String])] = [
    (
      "mc.yaml",
      "kind: MachineConfig\nspec:\n  kernelArguments:\n    - >-\n      a=1\n      b=2\n    - x=1\n",
      ["5:7+3", "6:7+3", "7:7+3"]
    ),
    (
      "mc.yaml",
      "kind: MachineConfig\nspec:\n  kernelArguments: [\"\u{E9}=\\\"1 2\\\" b\", 'c=''d']\n",
      ["3:22+9", "3:32+1", "3:37+5"]
    ),
    (
      "guest.xml", "<domain><os><cmdline>a=&amp;b c=&lt;</cmdline></os></domain>",
      ["1:22+8", "1:31+6"]
    ),
    ("grub", "GRUB_CMDLINE_LINUX=\"a=\\\\x b=1\\\n c=2\"\n", ["1:21+5", "1:27+3", "2:2+3"]),
    ("a.toml", "kargs = [\"a=\\u0041b\", \"c\"]\n", ["1:11+9", "1:24+1"]),
    ("a.ign", "{\"ignition\":{},\"kernelArguments\":{\"shouldExist\":[\"a\\/b\"]}}", ["1:51+4"]),
    (
      "pp.yaml",
      "kind: PerformanceProfile\nspec:\n  hugepages:\n    pages: [{size: 2M, count: 8}]\n",
      ["4:20+2", "4:31+1"]
    ),
    (
      "user-data",
      """
      #cloud-config
      write_files:
        - path: /etc/default/grub
          content: |
            GRUB_CMDLINE_LINUX="é kernelcore=2G"
      """,
      ["5:27+1", "5:29+13"]
    ),
  ]

  @Test("Quotes, escapes and lines are counted as they stand", arguments: exact.indices)
  func exactly(index: Int) throws {
    let (path, text, places) = Self.exact[index]
    let found = try Fixture.read(text, path: path).flatMap { $0.arguments }.map {
      "\($0.place.line):\($0.place.column)+\($0.length)"
    }
    #expect(found == places, "\(text)")
  }

  @Test("A line says whether it is whole and for which machines it is")
  func wholeness() throws {
    let samples = Fixture.samples
    let whole = try samples.flatMap { sample in
      try Fixture.read(sample.text, path: sample.path).filter { $0.isComplete }.map { _ in
        sample.format
      }
    }
    #expect(
      Set(whole) == [
        "grub", "grub.cfg", "bls", "syslinux", "zipl", "cmdline", "ipxe", "libvirt", "firecracker",
        "refind", "limine", "incus", "cloud-hypervisor", "petitboot",
      ]
    )
    let architectures = try samples.flatMap { sample in
      try Fixture.read(sample.text, path: sample.path).flatMap { $0.architectures }
    }
    #expect(architectures == ["x64", "x86_64"])
  }

  @Test(
    "zonewise's own sources, tests, documents and profiles set no arguments",
    arguments: ["Sources", "Tests/BootArgumentsTests", "Documentation", "profiles", "Scripts"]
  )
  func ourselves(folder: String) throws {
    let root = Fixtures.checkout.appending(path: folder)
    let files = try #require(
      FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    )
    var count = 0
    for case let file as URL in files {
      guard let data = try? Data(contentsOf: file) else { continue }
      count += 1
      let sample = FileSample(path: file.path, bytes: Array(data))
      let lines = try KernelArgumentFormats.format(of: sample)?.read(sample)
      #expect(lines?.isEmpty ?? true, "\(file.path)")
    }
    #expect(count > 2)
  }
}
