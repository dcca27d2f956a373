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
    lines: FileLines,
    isNamed: Bool
  ) -> [CheckResult] {
    var profiles = ProfileLibrary()
    do throws(LocatedError) {
      let subjects = try judge(sample, format, lines: lines, profiles: &profiles)
      if subjects.isEmpty, isNamed, let unread = UnreadFile(sample, isNamed: true) {
        return [.unread(unread)]
      }
      return subjects.map { .judged($0) }
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
    subject.assumptions = Self.assumptions(of: line)
    let guest = line.guest.map { memory in
      GuestJudge(
        guest: memory,
        commandLine: commandLine,
        architecture: architectures.compactMap { $0 }.first ?? .x86_64,
        profile: profile
      )
    }
    let judge = ClassJudge(context: context, folder: folder)
    var places: ClassPlaces?
    var found = FoundByKernel(kernels: kernels.map { $0?.release })
    for kernel in kernels {
      var findings: [Finding] = []
      for architecture in architectures {
        var words = ArgumentContext(
          commandLine.text,
          kernel: kernel,
          architecture: architecture,
          pageSize: nil,
          limits: profile.limits
        )
        words.hasGaps = line.hasGaps
        words.order = line.order
        words.isWhole = line.isComplete && !line.hasGaps && line.confidence == .stated
        let more = RuleRegistry.argument.flatMap { $0.findings(in: words) }
        findings += more.filter { !findings.contains($0) }
      }
      if let guest {
        let answer = guest.answer(named: name, kernel: kernel, by: judge)
        findings += answer.findings
        places = answer.places
        for note in answer.assumptions where !subject.assumptions.contains(note) {
          subject.assumptions.append(note)
        }
      }
      found.add(findings, kernel: kernel?.release)
    }
    subject.findings = found.placed(
      by: FindingPlacer(
        commandLine: commandLine,
        places: places,
        subject: name,
        start: subject.place,
        files: [lines.path: lines]
      )
    )
    return subject
  }

  private static func assumptions(of line: LocatedCommandLine) -> [String] {
    let text: String
    switch line.confidence {
    case .stated: return []
    case .found: text = "a text of this shape is a kernel's command line, or a part of one"
    case .inSource: text = "a string of a program with this shape is a kernel's command line"
    }
    return [text] + (line.hasGaps ? ["what variables put in changes nothing about it"] : [])
  }
}
