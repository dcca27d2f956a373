internal import Advice
internal import ArgumentParser
internal import BootArguments
internal import FleetCheck
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import ZonewiseCommands

extension FuzzKind {
  /// A kernel's command line on a machine of two nodes.
  static let commandLine = FuzzKind(name: "command-line") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    if let arguments = try? BootArgument.parse(text) {
      _ = try? ArgumentChange(arguments)
      _ = CommandLine(text).text
    }
    _ = KernelCommandLineText.argumentsOfInit(text)
    let context = ArgumentContext(
      text,
      kernel: KernelVersion(release: "6.12"),
      architecture: .x86_64,
      pageSize: nil,
      limits: limits
    )
    for rule in RuleRegistry.argument {
      for finding in rule.findings(in: context) { _ = finding.message }
    }
    guard let inputs, let layout = try? inputs.predict(inputs.arguments(text)) else { return }
    let present = layout.nodes.flatMap(\.zones).map(\.present).total()
    let memory = inputs.map.ranges.map(\.frames.pages).total()
    expect(present <= memory, "zones with more than the machine has")
  }

  private static let limits =
    (try? EmbeddedProfiles.profile("general"))?.limits ?? Profile.Limits()

  private static let inputs: BootLayoutInputs? = {
    let spec = try? MachineSpecReader.read(
      """
      schema: 1
      machine:
        name: two
        arch: x86_64
        kernel: "6.12"
        nodes: [{id: 0, memory: 64GiB}, {id: 1, memory: 64GiB}]
      """,
      file: "spec.yaml"
    )
    return try? spec?.layoutInputs()
  }()

  /// Values of our own options, and of specs.
  static let values = choice(
    "values",
    of: [
      { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let size = ByteCount(text: text) { _ = "\(size)" }
      },
      { _ = MovableWish(text: String(decoding: $0, as: UTF8.self)) },
      { _ = MovableRatio(text: String(decoding: $0, as: UTF8.self)) },
      { _ = try MemoryNeed(text: String(decoding: $0, as: UTF8.self)) },
      { _ = try GrowthStep(text: String(decoding: $0, as: UTF8.self)) },
      { bytes in
        let version = KernelVersion(release: String(decoding: bytes, as: UTF8.self))
        _ = Kernel(version: version, architecture: .x86_64).assumptions(
          of: KernelFact.bootLayout
        )
      },
      { _ = NodeSizes(String(decoding: $0, as: UTF8.self), knowsPercent: true) },
      { _ = CMAArgument(String(decoding: $0, as: UTF8.self)) },
      { _ = MemoryMapArgument.parts(String(decoding: $0, as: UTF8.self)) },
      { bytes in
        let words = KernelCommandLineText.arguments(String(decoding: bytes, as: UTF8.self))
        _ = CrashKernelArgument(words, memory: .gibibytes(64))
      },
      { _ = KernelNumber(String(decoding: $0, as: UTF8.self)) },
      { _ = Glob(String(decoding: $0, as: UTF8.self)).matches("a/b/c.conf") },
    ]
  )

  /// The words behind `zonewise`, one a line.
  static let arguments = FuzzKind(name: "arguments") { bytes in
    let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    do { _ = try Zonewise.parseAsRoot(words) } catch { _ = Zonewise.message(for: error) }
  }
}
