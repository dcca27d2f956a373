internal import Advice
internal import BootArguments
internal import SourceText

/// What was found on a machine that was recorded, and the files of it that are to be changed.
///
/// A capture shows what a kernel did; the files that make it do otherwise are named beside it.
struct RecordedMachine {
  private(set) var file: FixedFile
  /// Of each finding that a change cures, what is still to be written somewhere.
  private var open: [Open] = []

  private struct Open {
    var entry: FixedFile.Entry
    var words: Bool
    var settings: [String]
  }

  init(_ file: FixedFile) {
    self.file = file
    self.file.left = file.left.filter { $0.found.finding.changes.isEmpty }
    open = file.left.filter { !$0.found.finding.changes.isEmpty }.map { entry in
      let changes = entry.found.finding.changes
      return Open(
        entry: entry,
        words: changes.contains { !$0.added.isEmpty || !$0.removed.isEmpty },
        settings: changes.compactMap(\.setting?.path)
      )
    }
  }

  /// Makes the changes of arguments in every command line of a file.
  mutating func change(
    _ bytes: [UInt8],
    path: String,
    _ format: KernelArgumentFormat
  ) throws(LocatedError) -> [UInt8] {
    var text = bytes
    let lines = try format.read(FileSample(path: path, bytes: bytes)).count
    guard lines > 0 else { return bytes }
    for index in open.indices where open[index].words {
      let changes = open[index].entry.found.finding.changes
      let change: ArgumentChange
      do throws(BootArgumentsError) {
        change = try ArgumentChange(
          setting: changes.flatMap(\.added),
          removing: changes.flatMap(\.removed)
        )
      } catch {
        throw LocatedError("\(error)", file: path)
      }
      for line in 0..<lines {
        text = try format.changing(FileSample(path: path, bytes: text), line: line, change)
      }
      open[index].words = false
    }
    return text
  }

  /// Makes the changes of settings in a file of sysctl.d.
  mutating func change(_ bytes: [UInt8]) -> [UInt8] {
    var text = bytes
    for index in open.indices {
      for setting in open[index].entry.found.finding.changes.compactMap(\.setting) {
        guard let name = setting.sysctl else { continue }
        text = SysctlFile(text).setting(name, to: setting.value)
        open[index].settings.removeAll { $0 == setting.path }
      }
    }
    return text
  }

  /// What was written somewhere is cured by the next boot, all else is left.
  var finished: FixedFile {
    var file = file
    for open in open {
      var entry = open.entry
      guard open.words || !open.settings.isEmpty else {
        entry.why = nil
        file.cured.append(entry)
        continue
      }
      entry.why =
        open.words
        ? "name the boot loader's file too, or let zonewise cmdline --for write the arguments"
        : open.settings.contains { $0.hasPrefix("/proc/sys/") }
          ? "name a file of sysctl.d too" : "no file sets \(open.settings.joined(separator: ", "))"
      file.left.append(entry)
    }
    return file
  }
}
