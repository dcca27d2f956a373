internal import Advice
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// Judges hosts that exist: captures, roots, sosreports, bundles.
struct HostJudge {
  let context: JudgeContext

  /// A text of zones that was only met, and that lacks something, is nobody's mistake.
  func judge(met path: String) -> CheckResult {
    let result = judge(path)
    guard case .failed(let failure) = result else { return result }
    return .unread(
      UnreadFile(place: failure.place, argument: nil, reason: failure.message, isNamed: false)
    )
  }

  func judge(_ path: String) -> CheckResult {
    var profiles = ProfileLibrary()
    let place = SourceLocation(file: path, line: 1, column: 1)
    do throws(CollectionError) {
      switch try SourceFinder.find(path) {
      case .host(let source):
        return judge(try HostCollector.collect(from: source), place, &profiles)
      case .oomLog, .memoryMessages, .bootLog:
        return .failed(LocatedError("a packed log: unpack it", file: path))
      case .recognized(let text, _):
        return .failed(LocatedError(text.words, file: path))
      case .blockList:
        return .failed(
          LocatedError(
            "the output of lsmem says nothing of zones' use; zonewise blocks reads it",
            file: path
          )
        )
      }
    } catch {
      return .failed(LocatedError(Self.message(error, path), file: path))
    }
  }

  /// A bad line is a failure of its own, and the next one is judged all the same.
  func judge(_ lines: [Result<BundleLine, CollectionError>]) -> [CheckResult] {
    var profiles = ProfileLibrary()
    return lines.map { result in
      let line: BundleLine
      switch result {
      case .failure(let error): return Self.failed(error, file: "", line: 1)
      case .success(let found): line = found
      }
      do throws(CollectionError) {
        let place = SourceLocation(file: line.file, line: line.number, column: 1)
        return judge(try line.snapshot(), place, &profiles)
      } catch {
        return Self.failed(error, file: line.file, line: line.number)
      }
    }
  }

  private static func failed(_ error: CollectionError, file: String, line: Int) -> CheckResult {
    guard case .bundle(let located) = error else {
      return .failed(LocatedError(message(error, file), file: file, line: line))
    }
    return .failed(located)
  }

  /// Without the path, which the failure has already.
  static func message(_ error: CollectionError, _ path: String) -> String {
    let text = error.description
    return text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text
  }

  private func judge(
    _ snapshot: HostSnapshot,
    _ place: SourceLocation,
    _ profiles: inout ProfileLibrary
  ) -> CheckResult {
    do throws(LocatedError) {
      let name = context.profile ?? context.settings.profile ?? "general"
      let (profile, choice) = try profile(name, for: snapshot, place, &profiles)
      let assessment: Assessment
      do throws(AssessmentError) {
        assessment = try Advisor.assess(snapshot, profile: profile, chosenBy: choice)
      } catch {
        throw LocatedError("\(error.input): \(error.reason)", file: place.file, line: place.line)
      }
      var subject = CheckedSubject(
        kind: .host,
        name: snapshot.hostName.value ?? place.file,
        place: place
      )
      subject.kernels = [snapshot.kernel.value?.release].compactMap { $0 }
      subject.profile = profile.name
      subject.verdict = assessment.current.verdict
      subject.unknown = assessment.unknown
      subject.findings = FindingPlacer(
        commandLine: ClassCommandLine(),
        places: nil,
        subject: subject.name,
        start: place,
        files: [:]
      ).place(
        assessment.findings.map { finding in
          // A place in the host's own files is no place in the file that was named.
          var finding = finding
          finding.place = nil
          return finding
        }
      )
      return .judged(subject)
    } catch {
      return .failed(error)
    }
  }

  private func profile(
    _ name: String,
    for snapshot: HostSnapshot,
    _ place: SourceLocation,
    _ profiles: inout ProfileLibrary
  ) throws(LocatedError) -> (Profile, ProfileChoice) {
    let folder = FileSystem.folder(of: place.file)
    guard name == "suggest" else {
      let profile = try profiles.profile(
        name,
        folder: folder,
        settings: context.settings,
        place: place
      )
      return (profile, .user)
    }
    var all: [Profile] = []
    for name in EmbeddedProfiles.names {
      all.append(
        try profiles.profile(name, folder: folder, settings: context.settings, place: place)
      )
    }
    if let best = ProfileSuggester.best(all, for: snapshot) { return (best.profile, .suggested) }
    let general = try profiles.profile(
      "general",
      folder: folder,
      settings: context.settings,
      place: place
    )
    return (general, .default)
  }
}
