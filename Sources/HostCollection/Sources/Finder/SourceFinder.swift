package import KernelText
package import SystemIO

/// What a SOURCE turned out to be.
package enum FoundSource: Sendable {
  /// A host's files.
  case host(any HostSource)
  /// A log with a report of the OOM killer or of a failed page allocation.
  case oomLog(OOMLog, name: String)
  /// Messages of memory that would not go offline, or could not be pinned.
  case memoryMessages(MemoryMessages, name: String)
  /// A kernel's boot messages; their text where the source is packed, or can't be read again.
  case bootLog(name: String, text: [UInt8]?)
  /// A list of memory blocks alone, as lsmem prints it.
  case blockList(any HostSource)
  /// A text that can be named and not judged.
  case recognized(RecognizedText, name: String)
}

/// What a SOURCE turned out to be where it may hold many hosts.
package enum FoundHosts: ~Copyable {
  case one(FoundSource)
  /// Bundles, one a line.
  case stream(BundleStream)
}

/// Finds out what a SOURCE is, by its content.
package enum SourceFinder {
  /// Bytes of a bundle, or of a zoneinfo.
  private static let textLimit = 256 << 20

  /// What is behind a path; nil stands for the live host, `-` for standard input.
  package static func find(
    _ path: String?,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws(CollectionError) -> FoundSource {
    guard let path, !path.isEmpty else { return .host(DirectoryRoot.live) }
    if let root = try root(path) { return root }
    return try found(in: try SourceInput(path: path), limits: limits)
  }

  /// The same where a source may hold many hosts: a stream of bundles is handed on unread.
  package static func findHosts(
    _ path: String?,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws(CollectionError) -> FoundHosts {
    guard let path, !path.isEmpty else { return .one(.host(DirectoryRoot.live)) }
    if let root = try root(path) { return .one(root) }
    return try findHosts(in: try SourceInput(path: path), limits: limits)
  }

  /// The same of an input that was opened already.
  package static func findHosts(
    in input: SourceInput,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws(CollectionError) -> FoundHosts {
    if SourceText.isBundleLine(input.head) { return .stream(BundleStream(input)) }
    return .one(try found(in: input, limits: limits))
  }

  /// Whether a regular file holds bundles, one a line.
  package static func holdsBundles(_ path: String) -> Bool {
    guard FileSystem.isRegularFile(path), let input = try? SourceInput(path: path) else {
      return false
    }
    return SourceText.isBundleLine(input.head)
  }

  /// Whether looking into a path takes nothing away from it, as it does from a pipe.
  package static func canBeReadAgain(_ path: String) -> Bool {
    path != "-" && (FileSystem.isDirectory(path) || FileSystem.isRegularFile(path))
  }

  /// What an input is that was opened already.
  package static func find(in input: SourceInput) throws(CollectionError) -> FoundSource {
    try found(in: input, limits: ArchiveLimits())
  }

  /// Whether an input begins with a line that is a host's bundle.
  package static func isStream(_ head: [UInt8]) -> Bool {
    BundleFormat.begins(head) && SourceText.isBundleLine(head)
  }

  private static func root(_ path: String) throws(CollectionError) -> FoundSource? {
    guard path != "-" else { return nil }
    guard FileSystem.exists(path) else {
      throw ReadFailure.last == .denied ? .sourceDenied(path) : .sourceMissing(path)
    }
    return FileSystem.isDirectory(path) ? .host(try directory(path)) : nil
  }

  private static func found(
    in input: SourceInput,
    limits: ArchiveLimits
  ) throws(CollectionError) -> FoundSource {
    guard ArchiveMagic.matches(input.head) else {
      if SourceText.isJSON(input.head) && !SourceText.isLogOfJSON(input.head)
        || SourceText.holdsZoneinfo(input.head) || !SourceText.isText(input.head)
      {
        return try single(try input.all(limit: textLimit), input)
      }
      return try log(input)
    }
    switch try ArchiveSource.open(input, limits: limits) {
    case .host(let source): return .host(DumpSubstitutes.completing(source))
    case .single(let bytes): return try single(bytes, input)
    }
  }

  /// The source of a host's files behind a path; nil stands for the live host.
  package static func source(_ path: String?) throws(CollectionError) -> any HostSource {
    guard case .host(let source) = try find(path) else { throw .notASource(path ?? "") }
    return source
  }

  /// Whether a file is an archive, a bundle or a zoneinfo, judged by its first bytes: what
  /// holds a host, beside directories.
  package static func holdsHost(_ path: String) throws(ReadFailure) -> Bool {
    let reader = try ChunkReader(path)
    var head: [UInt8] = []
    guard try reader.next(into: &head) else { return false }
    return ArchiveMagic.matches(head) || SourceText.isJSON(head)
      || SourceText.isZoneinfo(head)
  }

  /// What a file is by its first bytes, as far as they tell.
  package enum Head: Sendable {
    case archive
    /// A bundle, or many of them, one a line.
    case bundles
    case zoneinfo
    case oomLog
    case bootLog
    case other
  }

  package static func head(_ bytes: [UInt8]) -> Head {
    if ArchiveMagic.matches(bytes) { return .archive }
    if SourceText.isJSON(bytes), !SourceText.isLogOfJSON(bytes) {
      return BundleFormat.begins(bytes) ? .bundles : .other
    }
    if SourceText.isZoneinfo(bytes) { return .zoneinfo }
    if SourceText.isOOMLog(bytes[...]) { return .oomLog }
    if SourceText.holdsZoneinfo(bytes) { return .zoneinfo }
    return SourceText.isBootLog(bytes[...]) ? .bootLog : .other
  }

  /// What a packed file holds, as far as its beginning tells.
  package enum ArchiveContent: Hashable, Sendable {
    /// The first entries are those of a capture, a sosreport or a supportconfig, or it begins as a
    /// bundle or a zoneinfo does.
    case host
    case other
    /// It can't be unpacked.
    case damaged
  }

  /// What the first entries of a packed file are.
  package static func content(ofArchive path: String) -> ArchiveContent {
    do {
      let input = try SourceInput(path: path)
      let stream = try ArchiveStream(descriptor: input.descriptor, head: input.head)
      for _ in 0..<ArchiveScope.telling {
        guard let entry = try stream.next(), stream.unpacked <= ArchiveScope.tellingBytes else {
          return .other
        }
        guard entry.isArchived else {
          var head: [UInt8] = []
          _ = try stream.read(room: 64 << 10, appendingTo: &head)
          let isHost =
            SourceText.isZoneinfo(head) || SourceText.isJSON(head) && BundleFormat.begins(head)
          return isHost ? .host : .other
        }
        let parts = entry.path.split(separator: "/").filter { $0 != "." }
        if ArchiveScope.tells(parts) { return .host }
      }
      return .other
    } catch {
      return .damaged
    }
  }

  /// Whether bytes begin a compressed stream or a tar archive.
  package static func isArchive(_ head: [UInt8]) -> Bool { ArchiveMagic.matches(head) }

  private static func directory(_ path: String) throws(CollectionError) -> any HostSource {
    if let root = DirectoryRoot(path: path) { return DumpSubstitutes.completing(root) }
    if let sections = ArchiveSupportconfig.folder(path) {
      return DumpSubstitutes.completing(sections)
    }
    throw .notASource(path)
  }

  /// One file that is no archive: a bundle, a zoneinfo or a log.
  private static func single(
    _ bytes: [UInt8],
    _ input: SourceInput
  ) throws(CollectionError) -> FoundSource {
    if SourceText.isJSON(bytes), !SourceText.isLogOfJSON(bytes) {
      if let list = BlockList(bytes) { return .blockList(list.source(path: input.path)) }
      return .host(try bundle(bytes, input))
    }
    let holdsZoneinfo = SourceText.holdsZoneinfo(bytes)
    if holdsZoneinfo, PastedFiles.isZoneinfoAlone(bytes) {
      return .host(SingleFile(path: input.path, bytes: bytes))
    }
    var survey = LogSurvey()
    survey.append(bytes)
    // What failed on a host, beside its files, is what is asked about.
    if holdsZoneinfo, !survey.reader.isOOMLog, survey.messages.finish() == nil {
      return .host(PastedHost.source(bytes, path: input.path))
    }
    return try found(&survey, input, head: bytes)
  }

  /// The one bundle in a text; several are refused, for one source is one host.
  private static func bundle(
    _ bytes: [UInt8],
    _ input: SourceInput
  ) throws(CollectionError) -> BundleSource {
    let lines = bytes.split(separator: 0x0A).filter { $0.contains { $0 > 0x20 } }
    if lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "{") && $0.count > 2 }) {
      let what = "bundles of \(lines.count) hosts; give the line of one host"
      throw .otherKind(path: input.name, what: what)
    }
    return try BundleSource(bytes, path: input.path, name: input.name)
  }

  /// A log, of any length: it goes by in pieces.
  private static func log(_ input: SourceInput) throws(CollectionError) -> FoundSource {
    var survey = LogSurvey()
    survey.append(input.head)
    // What can't be read again is kept as far as a boot log is looked for.
    var text = input.head
    let keeps = input.path == "-"
    var piece: [UInt8] = []
    while try input.next(into: &piece) {
      survey.append(piece)
      if keeps, text.count < LogSurvey.bootLimit { text += piece }
    }
    return try found(&survey, input, head: text)
  }

  private static func found(
    _ survey: inout LogSurvey,
    _ input: SourceInput,
    head: [UInt8]
  ) throws(CollectionError) -> FoundSource {
    if survey.reader.isOOMLog {
      do throws(ParseError) {
        return .oomLog(try survey.reader.finish(file: input.name), name: input.name)
      } catch {
        throw .refused(error)
      }
    }
    if let messages = survey.messages.finish() {
      return .memoryMessages(messages, name: input.name)
    }
    if survey.isBootLog {
      let isHere = ArchiveMagic.matches(input.head) || input.path == "-"
      return .bootLog(name: input.name, text: isHere ? head : nil)
    }
    if let list = BlockList(head) { return .blockList(list.source(path: input.path)) }
    guard SourceText.isText(head) else { throw .notASource(input.name) }
    let text = RecognizedText(input.again() ?? head)
    guard !text.found.isEmpty else { throw .recognized(path: input.name, text) }
    // Without its top it is read as far as it goes.
    if text.found.map(\.kind.name) == [TextKind.zoneinfo.name], let all = input.again() {
      return .host(SingleFile(path: input.path, bytes: all))
    }
    return .recognized(text, name: input.name)
  }
}

/// What a log turns out to be while it goes by.
private struct LogSurvey {
  var reader = OOMLogReader()
  var messages = MemoryMessageReader()
  private(set) var isBootLog = false
  private var seen = 0

  /// A boot log begins with what makes it one; behind much else it is another log.
  static let bootLimit = 16 << 20

  mutating func append(_ piece: [UInt8]) {
    reader.append(piece.span)
    // A report says more than messages around it.
    if !reader.isOOMLog { messages.append(piece.span) }
    if !isBootLog, seen < Self.bootLimit { isBootLog = SourceText.isBootLog(piece[...]) }
    seen += piece.count
  }
}

/// Compressed streams and tar archives by their first bytes.
enum ArchiveMagic {
  private static let streams: [[UInt8]] = [
    [0x1F, 0x8B], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], Array("BZh".utf8),
    [0x28, 0xB5, 0x2F, 0xFD],
  ]

  static func matches(_ head: [UInt8]) -> Bool {
    if streams.contains(where: { head.starts(with: $0) }) { return true }
    // `ustar` in the magic field of a tar's first header.
    return head.count >= 512 && head[257..<262].elementsEqual("ustar".utf8)
  }
}

/// What a single text file is.
enum SourceText {
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  /// Whether a text begins with a line of JSON that has more than its bracket; a bundle that was
  /// laid out for people is no line.
  static func isBundleLine(_ bytes: [UInt8]) -> Bool {
    guard isJSON(bytes), let start = bytes.firstIndex(where: { $0 > 0x20 }) else { return false }
    let line = bytes[start...].prefix { $0 != 0x0A }
    return line.contains { $0 > 0x20 && $0 != UInt8(ascii: "{") }
  }

  /// Whether it could be a log. A serial console may put zeros in between; a log is not made of them.
  static func isText(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(4096)
    return head.filter { $0 == 0 }.count <= head.count / 2
  }

  /// Whether one of the first lines is a zone's headline, which ends with the zone's name.
  static func isZoneinfo(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(4096).split(separator: 0x0A).prefix(4)
      .contains { line in
        line.starts(with: "Node ".utf8) && line.has(", zone ")
          && line.split { $0 <= 0x20 }.count == 4
      }
  }

  /// Whether a text is a zoneinfo or holds one beside other files; a report of the OOM killer says more.
  static func holdsZoneinfo(_ bytes: [UInt8]) -> Bool {
    if isZoneinfo(bytes) { return true }
    let text = bytes[...]
    return text.has("pages free") && text.has(", zone ") && !isOOMLog(text)
  }

  /// Whether JSON holds lines of a log: records of the journal or of a container's, or a list.
  static func isLogOfJSON(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(16 << 10)
    guard !BundleFormat.begins(bytes) else { return false }
    return head.has("\"MESSAGE\"") || head.has("\"log\"") || head.has("\"message\"")
      || head.has("\"msg\"") || head.has("invoked oom-killer") || head.has("Linux version ")
      || head.has("Mem-Info:") || head.has("Zone ranges:")
  }

  static func isOOMLog(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.has("invoked oom-killer") || piece.has("page allocation failure")
      || piece.has("page allocation stalls") || piece.has("oom-kill:constraint=")
  }

  static func isBootLog(_ piece: ArraySlice<UInt8>) -> Bool {
    // "the whole command line: …" stands in comments of boot files.
    piece.has("Linux version ") || piece.has("Command line: ")
      || piece.has("Kernel command line: ") || piece.has(" Memory: ")
      || piece.has("\nMemory: ") || piece.has("Zone ranges:")
  }
}

extension ArraySlice<UInt8> {
  /// Whether the text stands anywhere in the line.
  func has(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length else { return false }
    // `utf8Start` is valid for `utf8CodeUnitCount` bytes for as long as the program runs.
    let wanted = unsafe UnsafeBufferPointer(start: text.utf8Start, count: length)
    let first = unsafe wanted[0]
    for start in startIndex...(endIndex - length) where self[start] == first {
      if unsafe self[start..<start + length].elementsEqual(wanted) { return true }
    }
    return false
  }
}
