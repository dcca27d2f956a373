internal import Glibc
internal import HostModel
internal import KernelText
internal import SourceText
internal import SystemIO

/// What was read of a host while a snapshot was collected from it.
struct CapturedHost {
  let snapshot: HostSnapshot
  private(set) var manifest: CaptureManifest
  /// Seconds since 1970.
  let time: Int
  /// Contents by path.
  private(set) var files: [String: [UInt8]]
  /// The names in directories as far as they tell something and no file stands for them.
  private(set) var listings: [String: [String]] = [:]
  /// What stood in for files that the source lacks.
  let substitutes: [Substitute]
  /// Directories that hold one of the files, however deep.
  private var filled: Set<Substring> = []

  init(_ source: any HostSource, _ request: Capture.Request) throws(CollectionError) {
    var wanted = source
    if request.isRedacted { wanted = CaptureRedaction(wanted) }
    if request.isSlim { wanted = CaptureSlimming(wanted) }
    let recorder = CaptureRecorder(wanted)
    snapshot = try HostCollector.collect(from: recorder, options: request.collection)
    let record = recorder.result
    files = record.files
    substitutes = source.substitutes
    let unreadable = record.failures
      .filter { $0.value != .missing && record.files[$0.key] == nil }
      .map { (path: $0.key, reason: $0.value.description) }.sorted { $0.path < $1.path }
    // A capture that is taken again, slimmed or redacted, is as old as before.
    time = source.taken.map { Int(clamping: $0) } ?? Glibc.time(nil)
    let isLive = source.description == SourceDescription(kind: .directory, path: "/")
    manifest = CaptureManifest(
      tool: "zonewise \(request.tool)",
      kernel: snapshot.kernel.value?.release,
      machine: snapshot.architecture.value?.rawValue,
      taken: CivilTime(seconds: Int64(time)).timestamp,
      from: isLive ? .live : source.description.kind,
      isRedacted: request.isRedacted,
      isSlim: request.isSlim,
      unreadable: unreadable
    )
    list(record.listings)
  }

  var summary: Capture.Summary {
    Capture.Summary(
      files: files.count,
      bytes: files.values.reduce(0) { $0 + $1.count },
      unreadable: manifest.unreadable.map { "\($0.path): \($0.reason)" }
    )
  }

  /// Directories whose names tell something though nothing in them was read, such as the blocks
  /// in a node's directory.
  var emptyFolders: [String] {
    listings.flatMap { folder, names in
      (filled.contains(Substring(folder)) ? [] : [folder]) + names.map { "\(folder)/\($0)" }
    }.sorted()
  }

  private mutating func list(_ all: [String: [String]]) {
    for path in files.keys {
      var path = Substring(path)
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        guard filled.insert(path).inserted else { break }
      }
    }
    for (folder, names) in all {
      let names = names.filter { name in
        let path = "\(folder)/\(name)"
        return Self.tells(name, in: folder) && !filled.contains(Substring(path))
          && files[path] == nil
      }
      guard !names.isEmpty || !filled.contains(Substring(folder)) else { continue }
      listings[folder] = names.sorted()
    }
  }

  /// Whether a name alone tells something: a block's, a node's, a device's.
  private static func tells(_ name: String, in folder: String) -> Bool {
    if folder == "/sys/block" { return name.hasPrefix("zram") }
    if folder.hasPrefix("/sys/bus/") || folder.hasPrefix("/sys/class/") { return true }
    return SysfsName.memoryBlock(name) != nil || SysfsName.node(name) != nil
      || SysfsName.hugePageSize(name) != nil || name.hasPrefix("xen_memory") || name == "cmm0"
  }

  // MARK: One text for many files

  /// Puts one text in the place of what there is once for each memory block or process, and text in
  /// the place of what the kernel packs.
  mutating func fold() {
    if let blocks = snapshot.memoryBlocks.value?.blocks {
      drop { Self.isBlock($0) }
      for (folder, names) in listings {
        listings[folder] = names.filter { SysfsName.memoryBlock($0) == nil }
        if names.isEmpty == false, listings[folder]?.isEmpty == true,
          filled.contains(Substring(folder))
        {
          listings[folder] = nil
        }
      }
      files[HostInput.memoryBlockRuns.path] = Array(MemoryBlockRunsText.render(blocks).utf8)
    }
    if let totals = snapshot.processes.value {
      drop { Self.isProcess($0) }
      files[HostInput.processTotals.path] = Array(ProcessTotalsText.render(totals).utf8)
    }
    if let config = files[HostInput.config.path] {
      files[HostInput.config.path] = Gunzip.unpackedIfPacked(
        config,
        limit: HostInput.config.limit
      )
    }
  }

  /// Whether a file is one of a memory block's.
  private static func isBlock(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return path.hasPrefix(HostInput.memory.path + "/") && parts.count > 4
      && SysfsName.memoryBlock(String(parts[4])) != nil
  }

  /// Whether a file is one process's.
  private static func isProcess(_ path: String) -> Bool {
    path.hasPrefix("/proc/") && path.hasSuffix("/status")
  }

  private mutating func drop(_ isFolded: (String) -> Bool) {
    files = files.filter { !isFolded($0.key) }
    manifest.unreadable.removeAll { isFolded($0.path) }
  }
}
