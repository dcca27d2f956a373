internal import Advice
internal import BootArguments
internal import Capacity
internal import HostModel
internal import MachineSpec
internal import SourceText
internal import SystemIO

/// Something in a file that is judged by itself and can be changed: the command lines of a boot
/// loader's file, or one machine of a spec.
struct FixTarget: Sendable {
  enum Kind: Sendable {
    case native(KernelArgumentFormat)
    case machine(SpecEdit.Machine)
  }

  let path: String
  let kind: Kind
  let context: JudgeContext

  private var folder: String { FileSystem.folder(of: path) }

  // MARK: Judging

  func judge(_ texts: FixTexts) -> [CheckResult] {
    let lines = FileLines(path: path, bytes: texts.own)
    var context = context
    context.edited = texts.others
    switch kind {
    case .native(let format):
      return NativeFile(context: context, folder: folder)
        .results(FileSample(path: path, bytes: texts.own), format, lines: lines, isNamed: false)
    case .machine(.only): return [SpecJudge(context: context, lines: lines).machine()]
    case .machine(.inFleet(let index)):
      do throws(LocatedError) {
        let spec = try FleetSpec(texts.own, file: path)
        return SpecJudge(context: context, lines: lines).classes(spec, index..<index + 1)
      } catch {
        return [.failed(error)]
      }
    }
  }

  // MARK: Changing

  /// The texts with a finding's changes made.
  ///
  /// - Parameters:
  ///   - changes: What the finding's remedy names.
  ///   - subject: Which of the things that were judged it was found on.
  ///   - texts: The texts as they are.
  /// - Returns: The texts as they are to be.
  /// - Throws: Why they can't be changed so.
  func making(
    _ changes: [Change],
    to subject: Int,
    in texts: FixTexts
  ) throws(LocatedError) -> FixTexts {
    let arguments = try arguments(changes)
    var texts = texts
    switch kind {
    case .native(let format):
      if let setting = changes.lazy.compactMap(\.setting).first {
        throw failure("\(setting.path) is a setting of the running kernel, and no argument")
      }
      guard let arguments else { return texts }
      texts.own = try format.changing(
        FileSample(path: path, bytes: texts.own),
        line: subject,
        arguments
      )
    case .machine(let machine):
      let machineClass = try self.machineClass(machine, texts.own)
      var change = SpecEdit.Change(
        arguments: arguments,
        sysctls: try sysctls(changes),
        sizesAtBoot: changes.compactMap { if case .reserve(_, let size) = $0 { size } else { nil } }
      )
      if let arguments, let reference = machineClass.commandLineFile {
        try make(arguments, in: reference, &texts)
        change.arguments = nil
      }
      texts.own = try SpecEdit.applying(
        change,
        to: machineClass,
        machine,
        of: texts.own,
        file: path
      )
    }
    return texts
  }

  /// Changes a command line in the boot loader's file that a class names.
  private func make(
    _ arguments: ArgumentChange,
    in reference: MachineClass.FileReference,
    _ texts: inout FixTexts
  ) throws(LocatedError) {
    let other = reference.path(from: folder)
    var old = texts.others[other] ?? []
    do throws(ReadFailure) {
      if texts.others[other] == nil { old = try FileLines.read(other).bytes }
    } catch {
      throw failure("\(other): \(error)")
    }
    let sample = FileSample(path: other, bytes: old)
    guard let format = KernelArgumentFormats.format(of: sample) else {
      throw failure("\(other): no file with kernel arguments that zonewise knows")
    }
    let titles = try format.read(sample).map(\.title)
    let index = reference.entry.map { entry in titles.firstIndex(of: entry) } ?? 0
    guard let index else {
      throw failure("\(other) has no such command line any more; run fix again")
    }
    texts.others[other] = try format.changing(sample, line: index, arguments)
  }

  private func machineClass(
    _ machine: SpecEdit.Machine,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> MachineClass {
    switch machine {
    case .only:
      return try MachineSpecReader.machineClass(String(decoding: bytes, as: UTF8.self), file: path)
    case .inFleet(let index):
      guard let found = try FleetSpec(bytes, file: path).classes(index..<index + 1).first else {
        throw failure("no class \(index + 1) in here any more; run fix again")
      }
      switch found {
      case .success(let machineClass): return machineClass
      case .failure(let error): throw error
      }
    }
  }

  /// Nil where no argument changes. A machine's pages at boot have a key of their own.
  private func arguments(_ changes: [Change]) throws(LocatedError) -> ArgumentChange? {
    let words = changes.filter { change in
      guard case .machine = kind, case .reserve = change else { return true }
      return false
    }
    let (added, removed) = (words.flatMap(\.added), words.flatMap(\.removed))
    guard !added.isEmpty || !removed.isEmpty else { return nil }
    do throws(BootArgumentsError) {
      return try ArgumentChange(setting: added, removing: removed)
    } catch {
      throw failure("\(error)")
    }
  }

  private func sysctls(
    _ changes: [Change]
  ) throws(LocatedError) -> [(name: String, value: String)] {
    var settings: [(name: String, value: String)] = []
    for setting in changes.compactMap(\.setting) {
      guard let name = setting.sysctl else {
        throw failure("\(setting.path) is no sysctl: a spec has no key for it")
      }
      settings.append((name, setting.value))
    }
    return settings
  }

  private func failure(_ message: String) -> LocatedError { LocatedError(message, file: path) }
}
