internal import Advice
internal import BootArguments
internal import Capacity
internal import HostCollection
internal import MachineSpec
internal import SourceText
internal import SystemIO

/// Applies remedies to files: to boot loaders' and platforms' own, and to specs.
///
/// What was found on a recorded machine goes to the files that are named beside it: its boot loader's,
/// and files of sysctl.d.
package struct FixRun {
  package struct Options: Sendable {
    /// The user's choice for all files.
    package var profile: String?
    /// Codes of the rules whose remedies are applied; nil for all.
    package var rules: Set<String>?
    /// YYYY-MM-DD, for suppressions that end.
    package var day: String

    package init(day: String) { self.day = day }
  }

  private let options: Options
  private let files: [String]
  /// Nil until it begins.
  private var walker: InputWalker?
  /// The only recorded machine among what was named.
  private var machine: RecordedMachine?
  private var policies: PolicyFinder
  /// Classes that the user named, by their spec.
  private var classes: [String: [String]] = [:]
  private var number = 0
  /// Files that were looked at and are none of ours.
  package private(set) var skipped = 0

  package init(_ paths: [String], policies: PolicyFinder, options: Options) {
    var files: [String] = []
    for path in paths {
      let (file, name) = ClassPath.split(path)
      if !files.contains(file) { files.append(file) }
      if let name { classes[file, default: []].append(name) }
    }
    self.files = files
    self.policies = policies
    self.options = options
  }

  /// What became of the next file; nil at the end.
  package mutating func next() -> FixedFile? {
    if walker == nil { begin() }
    while let step = walker?.next() {
      switch step {
      case .failed(let failure, isNamed: true): return failed(failure)
      case .failed(_, isNamed: false): skipped += 1
      case .folder(let path):
        // What a policy ignores may have a policy of its own further down: nobody asks it.
        if (try? policies.policy(for: path))?.ignores(path) == true { walker?.leave() }
      case .standardInput:
        return failed(LocatedError("fix changes files: name one", file: "standard input"))
      case .host(let path): return recorded(path)
      case .file(let path, let size, let isNamed):
        if let file = open(path, size: size, isNamed: isNamed) { return file }
      }
    }
    defer { machine = nil }
    return machine?.finished
  }

  /// Looks for a recorded machine, which files that are named in front of it may be of.
  private mutating func begin() {
    let recordings = files.filter { Self.isRecorded($0) }
    guard files.count > 1, recordings.count == 1, let path = recordings.first else {
      walker = InputWalker(files)
      return
    }
    walker = InputWalker(files.filter { $0 != path })
    machine = recorded(path).map { RecordedMachine($0) }
  }

  private static func isRecorded(_ path: String) -> Bool {
    if UserTree.isHost(path) { return true }
    guard let head = try? UserFile.head(path, bytes: 64 << 10) else { return false }
    return isRecorded(path, head)
  }

  /// Whether a file is of a machine as it was; one that says what it configures is none.
  private static func isRecorded(_ path: String, _ head: [UInt8]) -> Bool {
    guard !isSpec(head), !FileSample.isProgram(path), SourceFinder.head(head) != .other else {
      return false
    }
    let format = KernelArgumentFormats.format(of: FileSample(path: path, bytes: head))
    return format?.isLiteral != false
  }

  private static func isSpec(_ head: [UInt8]) -> Bool {
    FleetSpec.recognizes(head) || MachineSpecReader.recognizes(head)
  }

  private func failed(_ failure: LocatedError) -> FixedFile {
    var file = FixedFile(path: failure.place.file)
    file.failures = [failure]
    return file
  }

  // MARK: Kinds

  private mutating func open(_ path: String, size: Int, isNamed: Bool) -> FixedFile? {
    let bytes: [UInt8]
    do throws(ReadFailure) {
      let head = try UserFile.head(path, bytes: 64 << 10)
      if Self.isRecorded(path, head) { return recorded(path) }
      guard size <= FileLines.largest else {
        skipped += 1
        return nil
      }
      bytes = try UserFile.bytes(path, limit: FileLines.largest)
    } catch {
      guard isNamed else {
        skipped += 1
        return nil
      }
      return failed(LocatedError("\(error)", file: path))
    }
    do throws(LocatedError) {
      if isNamed, SysctlFile.isOne(path), machine != nil { return settings(path, bytes) }
      if FleetSpec.recognizes(bytes) { return try fleet(path, bytes) }
      if MachineSpecReader.recognizes(bytes) {
        return try fix(path, bytes, [.machine(.only)], isNamed: isNamed)
      }
      guard let format = KernelArgumentFormats.format(of: FileSample(path: path, bytes: bytes))
      else {
        guard isNamed else {
          skipped += 1
          return nil
        }
        throw LocatedError(
          "not understood: neither a fleet spec (schema: 1, classes:), nor a file with kernel "
            + "arguments (Documentation/config-files.md)",
          file: path
        )
      }
      return try fix(path, bytes, [.native(format)], isNamed: isNamed)
    } catch {
      return failed(error)
    }
  }

  /// A machine as it was: what is found there can be changed only on the machine.
  private mutating func recorded(_ path: String) -> FixedFile? {
    var units = CheckUnits([path], policies: policies, options: checkOptions)
    var session = CheckSession(
      day: options.day,
      baseline: nil,
      writesBaseline: false,
      isWhole: false
    )
    var file = FixedFile(path: path)
    while let unit = units.next() {
      for result in session.take(unit.work(), of: unit.file) {
        switch result {
        case .judged(let subject):
          file.left += subject.open.map { found in
            FixedFile.Entry(
              subject: subject.name,
              found: found,
              why: found.finding.changes.isEmpty
                ? nil : "a machine as it was; zonewise cmdline --for writes arguments for it"
            )
          }
        case .failed(let failure): file.failures.append(failure)
        case .unread: break
        }
      }
    }
    return file
  }

  /// A file of sysctl.d, which says nothing by itself.
  private mutating func settings(_ path: String, _ bytes: [UInt8]) -> FixedFile {
    var file = FixedFile(path: path)
    if let changed = machine?.change(bytes), changed != bytes {
      file.texts = [FixedFile.Text(path: path, old: bytes, new: changed)]
    }
    return file
  }

  private var checkOptions: CheckUnits.Options {
    var options = CheckUnits.Options()
    options.profile = self.options.profile
    return options
  }

  /// The classes of a spec that have something to change; the others only say what they have.
  private mutating func fleet(_ path: String, _ bytes: [UInt8]) throws(LocatedError) -> FixedFile? {
    let spec = try FleetSpec(bytes, file: path)
    let names = spec.classes(0..<spec.count).map { (try? $0.get())?.name }
    var wanted = Array(0..<spec.count)
    if let asked = classes[path] {
      for name in asked where !names.contains(name) {
        throw ClassPath.missing(name, among: names.compactMap(\.self), file: path)
      }
      wanted = wanted.filter { index in names[index].map(asked.contains) ?? false }
    }
    return try fix(path, bytes, wanted.map { .machine(.inFleet($0)) }, isNamed: false)
  }

  private mutating func fix(
    _ path: String,
    _ bytes: [UInt8],
    _ kinds: [FixTarget.Kind],
    isNamed: Bool
  ) throws(LocatedError) -> FixedFile? {
    let policy = try policies.policy(for: path)
    guard !policy.ignores(path) else { return nil }
    number += 1
    let settings = policy.settings(for: path)
    let checked = CheckedFile(
      number: number,
      path: path,
      policy: policy,
      settings: settings,
      suppressions: InlineSuppressions(bytes, file: path),
      lines: nil
    )
    var result = FixedFile(path: path)
    var texts = FixTexts(own: bytes)
    for kind in kinds {
      let target = FixTarget(
        path: path,
        kind: kind,
        context: JudgeContext(settings: settings, profile: options.profile)
      )
      Fixer(target: target, file: checked, day: options.day, rules: options.rules)
        .fix(&texts, into: &result)
      if isNamed, case .native(let format) = kind,
        let changed = try machine?.change(
          texts.own,
          path: path,
          format
        )
      {
        texts.own = changed
      }
    }
    if texts.own != bytes {
      result.texts.append(FixedFile.Text(path: path, old: bytes, new: texts.own))
    }
    for (other, new) in texts.others.sorted(by: { $0.key < $1.key }) {
      guard let old = try? FileLines.read(other).bytes, old != new else { continue }
      result.texts.append(FixedFile.Text(path: other, old: old, new: new))
    }
    return result
  }
}
