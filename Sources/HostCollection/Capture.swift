internal import Glibc
internal import HostModel
internal import KernelText
internal import SystemIO

/// Puts everything that advice is made from into an archive for another machine.
package enum Capture {
  package struct Summary: Sendable {
    package var files: Int
    package var bytes: Int
    package var unreadable: [String]
  }

  /// Collects from `source` and writes what was read to `path` (`-`: standard output).
  package static func write(
    _ source: any HostSource,
    to path: String,
    tool: String,
    isRedacted: Bool,
    options: CollectionOptions = CollectionOptions()
  ) throws(CollectionError) -> Summary {
    let recorder = CaptureRecorder(isRedacted ? CaptureRedaction(source) : source)
    let snapshot = try HostCollector.collect(from: recorder, options: options)
    let record = recorder.result
    let unreadable = record.failures
      .filter { $0.value != .missing && record.files[$0.key] == nil }
      .map { (path: $0.key, reason: $0.value.description) }.sorted { $0.path < $1.path }
    let now = time(nil)
    let manifest = CaptureManifest(
      tool: "zonewise \(tool)",
      kernel: snapshot.kernel.value?.release,
      machine: snapshot.architecture.value?.rawValue,
      taken: timestamp(now),
      isRedacted: isRedacted,
      unreadable: unreadable
    )
    let name = isRedacted ? "redacted" : fileName(snapshot.hostName.value ?? "host")
    var entries: [(path: String, contents: [UInt8]?)] = [
      (CaptureManifest.path, Array(manifest.text.utf8))
    ]
    entries += record.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    entries += emptyFolders(record).map { ($0, nil) }
    do throws(CaptureArchive.Failure) {
      let archive = try CaptureArchive(path: path)
      for entry in entries {
        try archive.add("zonewise-\(name)\(entry.path)", contents: entry.contents, time: now)
      }
      try archive.finish()
    } catch {
      throw .unreadable(path: path == "-" ? "standard output" : path, .failed(error.why))
    }
    return Summary(
      files: record.files.count,
      bytes: record.files.values.reduce(0) { $0 + $1.count },
      unreadable: unreadable.map { "\($0.path): \($0.reason)" }
    )
  }

  /// The live host, read the way its capture will be.
  package static var liveRoot: (any HostSource)? { DirectoryRoot(path: "/") }

  /// Directories whose names tell something though nothing in them was read, such as the blocks
  /// in a node's directory.
  private static func emptyFolders(_ record: CaptureRecorder.Record) -> [String] {
    var filled: Set<Substring> = []
    for path in record.files.keys {
      var path = Substring(path)
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        guard filled.insert(path).inserted else { break }
      }
    }
    return record.listings.flatMap { folder, names in
      [folder] + names.filter { tells($0, in: folder) }.map { "\(folder)/\($0)" }
    }.filter { !filled.contains(Substring($0)) && record.files[$0] == nil }.sorted()
  }

  /// Whether a name alone tells something: a block's, a node's, a device's.
  private static func tells(_ name: String, in folder: String) -> Bool {
    if folder == "/sys/block" { return name.hasPrefix("zram") }
    if folder.hasPrefix("/sys/bus/") || folder.hasPrefix("/sys/class/") { return true }
    return SysfsName.memoryBlock(name) != nil || SysfsName.node(name) != nil
      || SysfsName.hugePageSize(name) != nil || name.hasPrefix("xen_memory") || name == "cmm0"
  }

  /// A host's name as part of a path: letters, digits, dots and dashes.
  private static func fileName(_ name: String) -> String {
    String(
      name.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
    )
  }

  /// Seconds since 1970 as a date in UTC, in the proleptic Gregorian calendar.
  package static func timestamp(_ seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (days, second) = seconds.quotientAndRemainder(dividingBy: 86400)
    // Years begin in March, so that the leap day is the last one; 719468 days lie before 1970.
    let (era, day) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let date = [
      "\(era * 400 + year + (month < 10 ? 0 : 1))", two(month < 10 ? month + 3 : month - 9),
      two(dayOfYear - (153 * month + 2) / 5 + 1),
    ].joined(separator: "-")
    return "\(date)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }
}
