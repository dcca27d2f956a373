internal import Advice
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// What a command line shows by itself, whatever machine it boots.
struct CommandLineFindings {
  private let line: String
  private let place: ArgumentPlace
  private let pageSize: PageSize

  /// Places count bytes of the line, as if it stood in /proc/cmdline.
  init(
    _ line: String,
    kernel: KernelVersion?,
    architecture: Architecture?,
    pageSize: PageSize?
  ) {
    self.line = line
    let size = pageSize ?? architecture?.usualPageSize ?? .kib4
    self.pageSize = size
    let arguments = ZoneArguments(
      commandLine: line,
      pageSize: size,
      features: KernelFeatures(version: kernel, architecture: architecture),
      is64Bit: architecture?.is64Bit ?? true
    )
    place = ArgumentPlace(arguments, pageSize: size)
  }

  func findings(profile: Profile) -> [Finding] {
    ArgumentCrashes.findings(in: place) + ArgumentMisread.findings(in: place)
      + ArgumentWithoutEffect.findings(in: place)
      + UnknownSpelling.findings(in: place, line: line)
      + RatioOverLimit.findings(in: place, limits: profile.limits) + autoMovable(profile)
  }

  /// The policy's ratio, where the line sets it.
  private func autoMovable(_ profile: Profile) -> [Finding] {
    let name = "memory_hotplug.auto_movable_ratio"
    let arguments = KernelCommandLineText.arguments(line)
    guard let argument = arguments.last(where: { $0.normalizedName == name }),
      let percent = argument.value.flatMap({ UInt64($0) }),
      let (severity, why) = AutoMovableRatio.judge(percent, profile: profile, pageSize: pageSize)
    else { return [] }
    return [
      Finding(
        AutoMovableRatio.self,
        severity,
        message: "auto_movable_ratio=\(percent): \(why)",
        evidence: ["the command line: \(argument.text)"],
        location: Finding.Location(
          file: place.file,
          line: 1,
          column: 1 + argument.range.lowerBound
        )
      )
    ]
  }
}
