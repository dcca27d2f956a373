internal import Advice
internal import BootArguments
internal import Capacity
internal import HostCollection
internal import HostModel
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// A boot loader's or platform's file with kernel arguments, and no machine at hand.
struct NativeFile {
  let context: JudgeContext
  let folder: String

  static func read(
    _ format: KernelArgumentFormat,
    _ sample: FileSample
  ) throws(LocatedError) -> [LocatedCommandLine] {
    try format.read(sample)
  }

  /// Every command line in a file, or why it can't be read.
  func results(
    _ sample: FileSample,
    _ format: KernelArgumentFormat,
    lines: FileLines
  ) -> [CheckResult] {
    var profiles = ProfileLibrary()
    do throws(LocatedError) {
      return try judge(sample, format, lines: lines, profiles: &profiles).map { .judged($0) }
    } catch {
      return [.failed(error)]
    }
  }

  /// Judges every command line in a file.
  private func judge(
    _ sample: FileSample,
    _ format: KernelArgumentFormat,
    lines: FileLines,
    profiles: inout ProfileLibrary
  ) throws(LocatedError) -> [CheckedSubject] {
    let start = SourceLocation(file: sample.path, line: 1, column: 1)
    let profile = try profiles.profile(
      context.profile ?? context.settings.profile ?? "general",
      folder: folder,
      settings: context.settings,
      place: start
    )
    return try Self.read(format, sample).map { line in
      subject(line, format, start: start, lines: lines, profile: profile)
    }
  }

  private func subject(
    _ line: LocatedCommandLine,
    _ format: KernelArgumentFormat,
    start: SourceLocation,
    lines: FileLines,
    profile: Profile
  ) -> CheckedSubject {
    let commandLine = ClassCommandLine(line)
    let name = line.title.map { "\(format.title): \($0)" } ?? format.title
    var subject = CheckedSubject(
      kind: .commandLine,
      name: name,
      place: commandLine.words.first?.location ?? start
    )
    subject.profile = profile.name
    let kernels: [KernelVersion?] = context.settings.kernels.map { $0 } ?? [nil]
    subject.kernels = kernels.compactMap { $0?.release }
    let named = line.architectures.compactMap { Architecture(name: $0) }
    let architectures: [Architecture?] =
      named.isEmpty ? [context.settings.architecture] : named
    var found = FoundByKernel(kernels: kernels.map { $0?.release })
    for kernel in kernels {
      var findings: [Finding] = []
      for architecture in architectures {
        let line = ArgumentContext(
          commandLine.text,
          kernel: kernel,
          architecture: architecture,
          pageSize: nil,
          limits: profile.limits
        )
        let more = RuleRegistry.argument.flatMap { $0.findings(in: line) }
        findings += more.filter { !findings.contains($0) }
      }
      found.add(findings, kernel: kernel?.release)
    }
    subject.findings = found.placed(
      by: FindingPlacer(
        commandLine: commandLine,
        places: nil,
        subject: name,
        start: subject.place,
        files: [lines.path: lines]
      )
    )
    return subject
  }
}
