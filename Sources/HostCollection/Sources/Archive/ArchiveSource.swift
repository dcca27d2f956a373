internal import HostModel
internal import SystemIO

/// A host's files out of an archive: a capture, a sosreport, a supportconfig, an insights archive
/// or a root file system, packed in any way that tar is.
///
/// The archive is read once, as a stream; what advice is made from stays in memory, the rest is
/// passed over. Nothing of it ever reaches the file system.
struct ArchiveSource: HostSource {
  let description: SourceDescription
  let substitutes: [Substitute]
  private let tree: ArchiveTree

  /// The file that was packed alone, where the stream is no archive but a single compressed file.
  enum Opened {
    case host(ArchiveSource)
    case single([UInt8])
  }

  static func open(
    _ input: SourceInput,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws(CollectionError) -> Opened {
    var reader = ArchiveReader(name: input.name, limits: limits)
    let stream: ArchiveStream
    do throws(ArchiveStream.Damage) {
      stream = try ArchiveStream(descriptor: input.descriptor, head: input.head)
    } catch {
      throw .archive(path: input.name, entry: nil, why: error.why + ArchiveReader.again)
    }
    do throws(ArchiveReader.Refusal) {
      if let single = try reader.run(stream) { return .single(single) }
    } catch {
      throw .archive(path: input.name, entry: error.entry, why: error.why)
    }
    return .host(try reader.host(path: input.path))
  }

  init(description: SourceDescription, tree: ArchiveTree, substitutes: [Substitute] = []) {
    self.description = description
    self.tree = tree
    self.substitutes = substitutes
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    try tree.read(path, into: &buffer, limit: limit)
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    try tree.names(in: directory)
  }
}

/// Sorts an archive's entries into hosts, within its limits.
struct ArchiveReader {
  /// Why the archive is not read on, and the entry at which.
  struct Refusal: Error {
    var entry: String?
    var why: String
  }

  let name: String
  let limits: ArchiveLimits
  /// What was found, by the folder that stands for the host's root.
  private var trees: [String: ArchiveTree] = [:]
  /// Inputs that came out of text files of sections, by root and text file.
  private var sections: [String: [Substitute]] = [:]
  private var entries = 0
  private var kept = 0
  /// Archives inside the archive, for the message: they are not opened.
  private var nested: String?
  private var buffer: [UInt8] = []

  init(name: String, limits: ArchiveLimits) {
    self.name = name
    self.limits = limits
  }

  /// What to do about damage.
  static let again = "; the archive is damaged: copy it again, or take it anew"

  /// What to do about an archive that is too large.
  static let unpack = "; unpack it, and give its folder"

  /// Reads all entries; the bytes where the stream holds a single file.
  mutating func run(_ stream: ArchiveStream) throws(Refusal) -> [UInt8]? {
    var last: String?
    while true {
      let entry: ArchiveStream.Entry?
      do throws(ArchiveStream.Damage) { entry = try stream.next() } catch {
        throw Refusal(entry: last.map { "after \($0)" }, why: error.why + Self.again)
      }
      guard let entry else { break }
      if !entry.isArchived {
        try readContents(stream, entry, limit: ArchiveSupportconfig.limit)
        return buffer
      }
      entries += 1
      try checkBounds(stream, entry)
      try take(entry, stream)
      last = entry.path
    }
    if entries == 0 { throw Refusal(entry: nil, why: "there is nothing in this archive") }
    return nil
  }

  private func checkBounds(
    _ stream: ArchiveStream,
    _ entry: ArchiveStream.Entry
  ) throws(Refusal) {
    if entries > limits.entries {
      throw Refusal(entry: entry.path, why: "more than \(limits.entries) entries" + Self.unpack)
    }
    let coming = entry.isSparse ? 0 : entry.size
    if stream.unpacked.addingReportingOverflow(coming).overflow
      || stream.unpacked + coming > limits.unpacked
    {
      throw Refusal(
        entry: entry.path,
        why: "more than \(limits.unpacked >> 20) MiB unpacked" + Self.unpack
      )
    }
  }

  private mutating func take(
    _ entry: ArchiveStream.Entry,
    _ stream: ArchiveStream
  ) throws(Refusal) {
    guard !entry.path.hasPrefix("/") else {
      throw Refusal(entry: entry.path, why: "an absolute name; pack the tree with relative ones")
    }
    let parts = entry.path.split(separator: "/").filter { $0 != "." }
    guard !parts.contains("..") else {
      throw Refusal(entry: entry.path, why: "a name that leads out of the archive")
    }
    guard let file = parts.last else { return }
    if parts.count <= 2, ArchiveSupportconfig.files.contains(file), entry.kind == .file {
      try takeSections(entry, root: parts.dropLast().joined(separator: "/"), stream)
      return
    }
    if parts.count <= 2, file.hasSuffix(".tar") || file.contains(".tar.") { nested = entry.path }
    let isLink = entry.kind == .symbolicLink
    guard let place = ArchiveScope.place(parts, isLink: isLink) else { return }
    let old = trees[place.root]?[place.path]
    if case .file = old, entry.kind != .directory {
      throw Refusal(entry: entry.path, why: "it is in the archive twice")
    }
    let node = try self.node(entry, at: place, stream)
    if let node {
      trees[place.root, default: ArchiveTree()].add(place.path, node)
    } else {
      kept += buffer.count
      guard kept <= limits.kept else {
        throw Refusal(
          entry: entry.path,
          why: "more than \(limits.kept >> 20) MiB to keep" + Self.unpack
        )
      }
      trees[place.root, default: ArchiveTree()].add(place.path, contents: buffer)
    }
  }

  /// What the entry is; nil where it is a file, whose bytes are in `buffer` then.
  private mutating func node(
    _ entry: ArchiveStream.Entry,
    at place: ArchiveScope.Place,
    _ stream: ArchiveStream
  ) throws(Refusal) -> ArchiveTree.Node? {
    switch entry.kind {
    case .directory: return .directory
    case .special: return .failure(.notAFile)
    case .symbolicLink:
      guard !ArchiveTree.leadsOut(entry.target, from: place.path) else {
        throw Refusal(entry: entry.path, why: "a link out of the archive, to \(entry.target)")
      }
      return .link(entry.target)
    case .hardLink:
      let parts = entry.target.split(separator: "/").filter { $0 != "." }
      guard !entry.target.hasPrefix("/"), !parts.contains("..") else {
        throw Refusal(entry: entry.path, why: "a link out of the archive, to \(entry.target)")
      }
      guard let target = ArchiveScope.place(parts, isLink: false), target.root == place.root
      else { return .failure(.failed("a link to \(entry.target), which was not kept")) }
      return .link(target.path)
    case .file:
      let limit = ArchiveScope.limit(place.path, limits)
      // A size that the archive itself states is believed only where it is too large.
      if entry.size > UInt64(limit) { return .failure(.tooLarge(limit: limit)) }
      try readContents(stream, entry, limit: limit)
      return nil
    }
  }

  /// Fills `buffer` with the entry's bytes.
  private mutating func readContents(
    _ stream: ArchiveStream,
    _ entry: ArchiveStream.Entry,
    limit: Int
  ) throws(Refusal) {
    buffer.removeAll(keepingCapacity: true)
    do throws(ArchiveStream.Damage) {
      while try stream.read(room: min(64 << 10, limit + 1 - buffer.count), appendingTo: &buffer) {
        if buffer.count > limit {
          throw ArchiveStream.Damage(why: "larger than \(limit >> 20) MiB")
        }
      }
    } catch {
      throw Refusal(entry: entry.path, why: error.why)
    }
  }

  private mutating func takeSections(
    _ entry: ArchiveStream.Entry,
    root: String,
    _ stream: ArchiveStream
  ) throws(Refusal) {
    try readContents(stream, entry, limit: ArchiveSupportconfig.limit)
    guard buffer.starts(with: "#=".utf8) || buffer.contains(sequence: "\n#==[") else { return }
    var tree = trees.removeValue(forKey: root) ?? ArchiveTree()
    let before = tree.keptBytes
    let taken = ArchiveSupportconfig.add(buffer, to: &tree)
    kept += tree.keptBytes - before
    trees[root] = tree
    let file = entry.path.split(separator: "/").last.map { String($0) } ?? entry.path
    sections[root, default: []] += taken.map { Substitute(input: $0, from: file) }
    guard kept <= limits.kept else {
      throw Refusal(
        entry: entry.path,
        why: "more than \(limits.kept >> 20) MiB to keep" + Self.unpack
      )
    }
  }

  // MARK: The host

  /// The one host of the archive.
  consuming func host(path: String) throws(CollectionError) -> ArchiveSource {
    let hosts = trees.filter { $0.value[HostInput.zoneinfo.path] != nil }.keys.sorted()
    guard let root = hosts.first else {
      let isInsights = trees.contains { $0.value[HostInput.meminfo.path] != nil }
      let hint =
        nested.map { "; \($0) is an archive itself: take it out first" }
        ?? (isInsights
          ? " (insights-client collects none): take a sosreport or a capture of the host"
          : "; pack it too, or take all with zonewise capture")
      throw .archive(
        path: name,
        entry: nil,
        why: "there is no proc/zoneinfo in it, so it tells nothing about zones" + hint
      )
    }
    guard hosts.count == 1 else {
      throw .archive(
        path: name,
        entry: "\(hosts[1])/proc/zoneinfo",
        why: "a second host beside \(root.isEmpty ? "the first" : root); give one host at a time"
      )
    }
    var tree = trees.removeValue(forKey: root) ?? ArchiveTree()
    // Commands' outputs lie beside the folder that holds the host's files.
    let outer = root.split(separator: "/").dropLast().joined(separator: "/")
    if outer != root, let above = trees.removeValue(forKey: outer) { tree.merge(above) }
    CaptureManifest.apply(to: &tree)
    tree.index()
    return ArchiveSource(
      description: SourceDescription(kind: .archive, path: path),
      tree: tree,
      substitutes: sections[root] ?? []
    )
  }
}

extension [UInt8] {
  /// Whether a piece of text stands anywhere in the first 64 KiB.
  func contains(sequence text: StaticString) -> Bool {
    let wanted = Array("\(text)".utf8)
    let end = Swift.min(count, 64 << 10) - wanted.count
    guard end >= 0 else { return false }
    return (0...end).contains { self[$0] == wanted[0] && self[$0...].starts(with: wanted) }
  }
}
