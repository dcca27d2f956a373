internal import Advice
internal import BootArguments
internal import Capacity
internal import HostCollection
internal import HostModel
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// Cuts what the user named into pieces of work, one file after the other and never more of a file
/// at once than memory should bear.
package struct CheckUnits: ~Copyable {
  package struct Options: Sendable {
    /// The user's choice for all files.
    package var profile: String?
    /// Only these files, and specs that name one of them; nil for all.
    package var changed: ChangedFiles?
    /// Whether what becomes of each path is kept for `takeLooked`.
    package var listsLooked = false
    /// Whether named files are left alone like those of a walk where they are none of ours.
    package var skipsOthers = false
    /// Told of every path, with how many there were so far: a walk may be long between two pieces.
    package var onPath: (@Sendable (Int) -> Void)?

    package init() {}
  }

  /// Classes, and bundles, that one piece of work has.
  private static let batch = 16
  /// Bytes of bundles after which a piece of work is full.
  private static let batchBytes = 2 << 20

  private var walker: InputWalker
  /// Classes that the user named, by their spec.
  private var classes: [String: [String]] = [:]
  private var policies: PolicyFinder
  private let options: Options
  private var files = 0
  /// Paths that the walk came by.
  private var paths = 0
  /// Pieces of the current file that are cut already.
  var ready: [CheckUnit] = []
  /// How many of them were taken.
  private var taken = 0
  var stream: BundleStream?
  var streamFile: CheckedFile?
  /// Files that were looked at and are none of ours.
  package private(set) var skipped = 0
  private var looked: [LookedFile] = []
  /// Policies that held for some file.
  package var foundPolicies: [CheckPolicy] { policies.found }

  /// Paths come in the order of their bytes, whatever the order in which they are named.
  package init(_ paths: [String], policies: PolicyFinder, options: Options) {
    var files: [String] = []
    var seen: Set<String> = []
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let (file, name) = ClassPath.split(path)
      if seen.insert(file).inserted { files.append(file) }
      if let name { classes[file, default: []].append(name) }
    }
    walker = InputWalker(files)
    self.policies = policies
    self.options = options
  }

  /// What became of the paths since the last time that somebody asked; kept only where asked for.
  package mutating func takeLooked() -> [LookedFile] {
    defer { looked.removeAll() }
    return looked
  }

  /// The next piece of work; nil at the end.
  package mutating func next() -> CheckUnit? {
    while true {
      if let unit = nextOfStream() { return unit }
      if taken < ready.count {
        taken += 1
        return ready[taken - 1]
      }
      ready.removeAll()
      taken = 0
      guard let step = walker.next() else { return nil }
      paths += 1
      options.onPath?(paths)
      switch step {
      case .failed(let failure, let isNamed): refuse(failure, isNamed: isNamed)
      case .folder(let path):
        // What a policy ignores may have a policy of its own further down: nobody asks it.
        if policy(path) == nil { walker.leave() }
      case .standardInput: openStandardInput()
      case .host(let path):
        guard isWanted(path), let file = file(path, as: "a host's files") else { continue }
        ready.append(host(path, file))
      case .file(let path, let size, let isNamed):
        // What names a class is meant.
        let isWanted = isNamed && (!options.skipsOthers || classes[path] != nil)
        open(path, size: size, isNamed: isWanted)
      }
    }
  }

  // MARK: Files

  /// What holds for a path; nil where the policy wants it left alone.
  private mutating func policy(_ path: String) -> CheckPolicy? {
    let policy: CheckPolicy
    do throws(LocatedError) { policy = try policies.policy(for: path) } catch {
      ready.append(failed(error))
      policy = CheckPolicy()
    }
    guard !policy.ignores(path) else {
      note(LookedFile(path, left: "ignored by \(policy.file ?? "the policy")"))
      return nil
    }
    return policy
  }

  /// A file of ours with its policy; nil where the policy wants it left alone.
  mutating func file(
    _ path: String,
    as kind: String,
    isRead: Bool = true,
    lines: FileLines? = nil
  ) -> CheckedFile? {
    guard let policy = policy(path) else { return nil }
    note(isRead ? LookedFile(path, read: kind) : LookedFile(path, left: kind))
    files += 1
    return CheckedFile(
      number: files,
      path: path,
      policy: policy,
      settings: policy.settings(for: path),
      suppressions: InlineSuppressions(lines?.bytes ?? [], file: path),
      lines: lines
    )
  }

  mutating func failed(_ failure: LocatedError) -> CheckUnit {
    note(LookedFile(failure.place.file, left: "an error: \(failure.message)"))
    files += 1
    let file = CheckedFile(
      number: files,
      path: failure.place.file,
      policy: CheckPolicy(),
      settings: CheckPolicy.Settings(),
      suppressions: InlineSuppressions([], file: failure.place.file),
      lines: nil
    )
    return CheckUnit(file: file) { [.failed(failure)] }
  }

  private func isWanted(_ path: String) -> Bool { options.changed?.has(path) ?? true }

  private mutating func note(_ file: @autoclosure () -> LookedFile) {
    if options.listsLooked { looked.append(file()) }
  }

  /// Something that can't be opened: an error where it was named; on a walk it is no mistake of the
  /// files, and it is counted.
  private mutating func refuse(_ failure: LocatedError, isNamed: Bool) {
    guard !isNamed else { return ready.append(failed(failure)) }
    let path = failure.place.file
    guard policy(path) != nil else { return }
    let unread = UnreadFile(
      place: failure.place,
      argument: nil,
      reason: failure.message,
      isNamed: false
    )
    guard let file = file(path, as: unread.sentence, isRead: false) else { return }
    ready.append(CheckUnit(file: file) { [.unread(unread)] })
  }

  /// A file that is none of ours: told where it was named, counted where it was only met.
  private mutating func skip(_ path: String, _ isNamed: Bool, _ why: String) {
    guard !isNamed else { return ready.append(failed(LocatedError(why, file: path))) }
    skipped += 1
    note(LookedFile(path, left: why))
  }

  private mutating func open(_ path: String, size: Int, isNamed: Bool) {
    guard isNamed || !FileSample.isMedia(path) else {
      return skip(path, isNamed, "no text, by its name")
    }
    guard policy(path) != nil else { return }
    let head: [UInt8]
    do throws(ReadFailure) { head = try UserFile.head(path, bytes: 64 << 10) } catch {
      refuse(LocatedError("\(error)", file: path), isNamed: isNamed)
      return
    }
    if let name = classes[path]?.first, !FleetSpec.recognizes(head) {
      let why = "#\(name) names a class of a fleet spec, and this is none"
      ready.append(failed(LocatedError(why, file: path)))
      return
    }
    guard !SourceFinder.isArchive(head) else { return openArchive(path, isNamed: isNamed) }
    let sample = FileSample(path: path, bytes: head)
    guard isNamed || !sample.isData else { return skip(path, isNamed, "no text") }
    // A program or a document may quote the kernel's own messages, and a spec a log in its comments.
    let isQuoting = FileSample.isProgram(path) || !isNamed && FileSample.isProse(path)
    guard !isQuoting, !sample.isSpec(isNamed: isNamed),
      sample.mayBeOfKernel || isNamed || head.first == UInt8(ascii: "{")
    else {
      return openText(sample, size: size, isNamed: isNamed)
    }
    switch SourceFinder.head(head) {
    case .archive, .other: openText(sample, size: size, isNamed: isNamed)
    case .zoneinfo:
      guard isWanted(path), let file = file(path, as: "zoneinfo") else { return }
      let context = context(file)
      ready.append(
        CheckUnit(file: file) {
          let judge = HostJudge(context: context)
          return [isNamed ? judge.judge(path) : judge.judge(met: path)]
        }
      )
    case .bundles: openBundles(path)
    case .bootLog:
      guard isWanted(path), let file = file(path, as: "a boot log") else { return }
      let context = context(file)
      ready.append(
        CheckUnit(file: file) {
          [BootLogJudge(context: context).judge(path, isNamed: isNamed)].compactMap { $0 }
        }
      )
    case .oomLog:
      skip(path, isNamed, "a log with an OOM report: zonewise advise explains it")
    }
  }

  /// Packed files are opened where they were named, and where their first entries are a host's. One
  /// whose name says that it is a host's, and that can't be unpacked, is a damaged capture.
  private mutating func openArchive(_ path: String, isNamed: Bool) {
    guard isWanted(path) else { return }
    if !isNamed {
      let name = ArchiveName(path)
      let content = name == .other ? .other : SourceFinder.content(ofArchive: path)
      guard content == .host || name == .report || content == .damaged && name == .capture else {
        return skip(path, isNamed, "a packed file that is no capture")
      }
    }
    guard let file = file(path, as: "a host's archive") else { return }
    ready.append(host(path, file))
  }

  private mutating func openBundles(_ path: String) {
    guard isWanted(path), let file = file(path, as: "bundles") else { return }
    do throws(CollectionError) {
      stream = try BundleStream(path: path)
      streamFile = file
    } catch {
      ready.append(failed(LocatedError("\(error)", file: path)))
    }
  }

  private mutating func openText(_ start: FileSample, size: Int, isNamed: Bool) {
    let path = start.path
    guard size <= FileLines.largest else {
      skip(path, isNamed, "larger than \(FileLines.largest >> 20) MiB, which no config is")
      return
    }
    var sample = start
    // A short file was read whole to find out what it is.
    if start.bytes.count != size {
      do throws(ReadFailure) {
        sample = FileSample(
          path: path,
          bytes: try UserFile.bytes(path, limit: FileLines.largest)
        )
      } catch {
        refuse(LocatedError("\(error)", file: path), isNamed: isNamed)
        return
      }
    }
    guard isWanted(path) || options.changed?.isNamed(in: sample.bytes) == true else { return }
    openText(sample, isNamed: isNamed)
  }

  /// Lines are counted only of files that are ours.
  mutating func openText(_ sample: FileSample, isNamed: Bool) {
    let (path, bytes) = (sample.path, sample.bytes)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      skip(path, isNamed, "UTF-16: save it as UTF-8")
    } else if sample.isSpec(isNamed: isNamed) {
      openSpec(FileLines(path: path, bytes: bytes))
    } else if let format = KernelArgumentFormats.format(of: sample) {
      let lines = FileLines(path: path, bytes: bytes)
      guard var file = file(path, as: format.title, lines: lines) else { return }
      file.isConfig = true
      let context = context(file)
      ready.append(
        CheckUnit(file: file) {
          NativeFile(context: context, folder: FileSystem.folder(of: path))
            .results(sample, format, lines: lines, isNamed: isNamed)
        }
      )
    } else if let unread = UnreadFile(sample, isNamed: isNamed) {
      guard let file = file(path, as: unread.sentence, isRead: false) else { return }
      ready.append(CheckUnit(file: file) { [.unread(unread)] })
    } else {
      skip(path, isNamed, "none of the files that check reads" + (isNamed ? nearForms(sample) : ""))
    }
  }

  private func nearForms(_ sample: FileSample) -> String {
    " (a fleet spec with schema: 1 and classes:, a host's capture, a file with kernel arguments); "
      + sample.nearForms
  }

  private mutating func openSpec(_ lines: FileLines) {
    // A damaged one is a fleet's unless it says that it is one machine's.
    guard MachineSpecReader.resembles(lines.bytes), !FleetSpec.recognizes(lines.bytes) else {
      return cutSpec(lines)
    }
    guard let file = file(lines.path, as: "a machine spec", lines: lines) else { return }
    let context = context(file)
    ready.append(CheckUnit(file: file) { [SpecJudge(context: context, lines: lines).machine()] })
  }

  private func context(_ file: CheckedFile) -> JudgeContext {
    JudgeContext(settings: file.settings, profile: options.profile)
  }

  // MARK: Kinds

  private func host(_ path: String, _ file: CheckedFile) -> CheckUnit {
    let context = context(file)
    return CheckUnit(file: file) { [HostJudge(context: context).judge(path)] }
  }

  private mutating func cutSpec(_ lines: FileLines) {
    let spec: FleetSpec
    do throws(LocatedError) { spec = try FleetSpec(lines.bytes, file: lines.path) } catch {
      ready.append(failed(error))
      return
    }
    guard let file = file(lines.path, as: "a fleet spec", lines: lines) else { return }
    let judge = SpecJudge(context: context(file), lines: lines)
    if let names = classes[lines.path] {
      cut(spec, lines, names, judge, file)
      return
    }
    for start in stride(from: 0, to: spec.count, by: Self.batch) {
      let range = start..<min(start + Self.batch, spec.count)
      ready.append(CheckUnit(file: file) { judge.classes(spec, range) })
    }
  }

  /// The classes that the user named.
  private mutating func cut(
    _ spec: FleetSpec,
    _ lines: FileLines,
    _ wanted: [String],
    _ judge: SpecJudge,
    _ file: CheckedFile
  ) {
    let names = spec.classes(0..<spec.count).map { (try? $0.get())?.name }
    for (index, name) in names.enumerated() {
      guard let name, wanted.contains(name) else { continue }
      ready.append(CheckUnit(file: file) { judge.classes(spec, index..<index + 1) })
    }
    for name in wanted where !names.contains(name) {
      ready.append(
        failed(ClassPath.missing(name, among: names.compactMap { $0 }, file: lines.path))
      )
    }
  }

  private mutating func nextOfStream() -> CheckUnit? {
    guard let file = streamFile else { return nil }
    var lines: [Result<BundleLine, CollectionError>] = []
    var bytes = 0
    while lines.count < Self.batch, bytes < Self.batchBytes {
      do throws(CollectionError) {
        guard let line = try stream?.nextLine() else {
          stream = nil
          streamFile = nil
          break
        }
        bytes += line.bytes.count
        lines.append(.success(line))
      } catch {
        lines.append(.failure(error))
        guard case .bundle = error else {
          stream = nil
          streamFile = nil
          break
        }
      }
    }
    guard !lines.isEmpty else { return nil }
    let context = context(file)
    let batch = lines
    return CheckUnit(file: file) { HostJudge(context: context).judge(batch) }
  }
}
