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
  /// Pieces of the current file that are cut already.
  private var ready: [CheckUnit] = []
  /// How many of them were taken.
  private var taken = 0
  private var stream: BundleStream?
  private var streamFile: CheckedFile?
  /// Files that were looked at and are none of ours.
  package private(set) var skipped = 0
  /// Policies that held for some file.
  package var foundPolicies: [CheckPolicy] { policies.found }

  package init(_ paths: [String], policies: PolicyFinder, options: Options) {
    var files: [String] = []
    for path in paths {
      let (file, name) = ClassPath.split(path)
      if !files.contains(file) { files.append(file) }
      if let name { classes[file, default: []].append(name) }
    }
    walker = InputWalker(files)
    self.policies = policies
    self.options = options
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
      switch step {
      case .failed(let failure): return failed(failure)
      case .standardInput: openStandardInput()
      case .host(let path):
        guard let file = file(path, lines: nil), isWanted(path) else { continue }
        ready.append(host(path, file))
      case .file(let path, let size, let isNamed):
        open(path, size: size, isNamed: isNamed)
      }
    }
  }

  // MARK: Files

  /// A file with its policy; nil where the policy wants it left alone.
  private mutating func file(_ path: String, lines: FileLines?) -> CheckedFile? {
    let policy: CheckPolicy
    do throws(LocatedError) { policy = try policies.policy(for: path) } catch {
      ready.append(failed(error))
      policy = CheckPolicy()
    }
    guard !policy.ignores(path) else { return nil }
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

  private mutating func failed(_ failure: LocatedError) -> CheckUnit {
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

  private mutating func open(_ path: String, size: Int, isNamed: Bool) {
    let head: [UInt8]
    do throws(ReadFailure) { head = try UserFile.head(path, bytes: 64 << 10) } catch {
      ready.append(failed(LocatedError("\(error)", file: path)))
      return
    }
    if let name = classes[path]?.first, !FleetSpec.recognizes(head) {
      let why = "#\(name) names a class of a fleet spec, and this is none"
      ready.append(failed(LocatedError(why, file: path)))
      return
    }
    let isWanted = isWanted(path)
    // A spec may quote a log in its comments.
    let isSpec = FleetSpec.recognizes(head) || MachineSpecReader.recognizes(head)
    // A program may have the kernel's own messages in its strings.
    let isText = isSpec || FileSample.isProgram(path)
    switch isText ? .other : SourceFinder.head(head) {
    case .archive where !isNamed && isWanted && ArchiveName(path) != .capture:
      guard ArchiveName(path) == .unknown, let file = file(path, lines: nil) else {
        skipped += 1
        return
      }
      let unit = host(path, file)
      ready.append(
        CheckUnit(file: file) {
          // Somebody else's archive is no mistake of this repository.
          unit.work().filter { if case .failed = $0 { false } else { true } }
        }
      )
    case .archive, .zoneinfo:
      guard isWanted, let file = file(path, lines: nil) else { return }
      ready.append(host(path, file))
    case .bundles:
      guard isWanted, let file = file(path, lines: nil) else { return }
      do throws(CollectionError) {
        stream = try BundleStream(path: path)
        streamFile = file
      } catch {
        ready.append(failed(LocatedError("\(error)", file: path)))
      }
    case .bootLog:
      guard isWanted, let file = file(path, lines: nil) else { return }
      let context = context(file)
      ready.append(
        CheckUnit(file: file) {
          [BootLogJudge(context: context).judge(path, isNamed: isNamed)].compactMap { $0 }
        }
      )
    case .oomLog:
      skip(path, isNamed, "a log with an OOM report: zonewise advise explains it")
    case .other:
      openText(path, head: head, size: size, isNamed: isNamed, isWanted: isWanted)
    }
  }

  private mutating func skip(_ path: String, _ isNamed: Bool, _ why: String) {
    if isNamed { ready.append(failed(LocatedError(why, file: path))) } else { skipped += 1 }
  }

  private mutating func openText(
    _ path: String,
    head: [UInt8],
    size: Int,
    isNamed: Bool,
    isWanted: Bool
  ) {
    guard size <= FileLines.largest else {
      skip(path, isNamed, "larger than \(FileLines.largest >> 20) MiB, which no config is")
      return
    }
    let bytes: [UInt8]
    do throws(ReadFailure) {
      // A short file was read whole to find out what it is.
      bytes = head.count == size ? head : try UserFile.bytes(path, limit: FileLines.largest)
    } catch {
      ready.append(failed(LocatedError("\(error)", file: path)))
      return
    }
    guard isWanted || options.changed?.isNamed(in: bytes) == true else { return }
    openText(path, bytes, isNamed: isNamed)
  }

  /// Lines are counted only of files that are ours.
  private mutating func openText(_ path: String, _ bytes: [UInt8], isNamed: Bool) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      skip(path, isNamed, "UTF-16: save it as UTF-8")
    } else if FleetSpec.recognizes(bytes) {
      cutSpec(FileLines(path: path, bytes: bytes))
    } else if MachineSpecReader.recognizes(bytes) {
      let lines = FileLines(path: path, bytes: bytes)
      guard let file = file(path, lines: lines) else { return }
      let context = context(file)
      ready.append(
        CheckUnit(file: file) { [SpecJudge(context: context, lines: lines).machine()] }
      )
    } else {
      let sample = FileSample(path: path, bytes: bytes)
      guard let format = KernelArgumentFormats.format(of: sample) else {
        if let unread = UnreadFile(sample, isNamed: isNamed) {
          guard let file = file(path, lines: nil) else { return }
          ready.append(CheckUnit(file: file) { [.unread(unread)] })
          return
        }
        skip(
          path,
          isNamed,
          "not understood: neither a fleet spec (schema: 1, classes:), nor a host's capture, nor a "
            + "file with kernel arguments (Documentation/config-files.md)"
        )
        return
      }
      let lines = FileLines(path: path, bytes: bytes)
      guard let file = file(path, lines: lines) else { return }
      let context = context(file)
      ready.append(
        CheckUnit(file: file) {
          NativeFile(context: context, folder: FileSystem.folder(of: path))
            .results(sample, format, lines: lines, isNamed: isNamed)
        }
      )
    }
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
    guard let file = file(lines.path, lines: lines) else { return }
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

  /// A stream of bundles, or one text.
  private mutating func openStandardInput() {
    let path = "standard input"
    do throws(CollectionError) {
      let input = try SourceInput(path: "-")
      switch SourceFinder.head(input.head) {
      case .bundles:
        guard let file = file(path, lines: nil) else { return }
        stream = BundleStream(input)
        streamFile = file
      case .archive, .zoneinfo, .bootLog, .oomLog:
        ready.append(
          failed(LocatedError("only bundles and texts come this way; name the file", file: path))
        )
      case .other:
        let bytes = try input.all(limit: FileLines.largest)
        guard !bytes.isEmpty else {
          ready.append(failed(LocatedError("empty", file: path)))
          return
        }
        openText(path, bytes, isNamed: true)
      }
    } catch {
      ready.append(failed(LocatedError(HostJudge.message(error, path), file: path)))
    }
  }
}
