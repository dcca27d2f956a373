internal import HostModel
internal import SourceText
internal import SystemIO

/// Goes once through a bundle's text and keeps what files hold; no tree of values is built.
struct BundleReader {
  private(set) var contents: [UInt8] = []
  private(set) var substitutes: [Substitute] = []
  private var entries: [BundleSource.Entry] = []
  private var json: JSONReader

  /// More paths than any host's bundle has: what there is once for each block or process is one text.
  private static let pathLimit = 100_000

  init(_ bytes: [UInt8], file: String, line: Int) {
    json = JSONReader(bytes, file: file, firstLine: line)
    // The text of the files is most of the bundle.
    contents.reserveCapacity(bytes.count)
  }

  /// The entries in the order of their paths.
  var sortedEntries: [BundleSource.Entry] {
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.path < $1.path }
    guard !isSorted else { return entries }
    // Of a path that a listing names too, the file counts: it comes first.
    var sorted: [BundleSource.Entry] = []
    for entry in entries.enumerated().sorted(by: {
      ($0.element.path, $0.offset) < ($1.element.path, $1.offset)
    }) where sorted.last?.path != entry.element.path {
      sorted.append(entry.element)
    }
    return sorted
  }

  /// When it was taken, in seconds since 1970.
  private(set) var taken: Int64?

  mutating func read() throws(LocatedError) {
    var version: UInt64?
    var isBundle = false
    var hasFiles = false
    var machine: String?
    var reader = json
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "schemaVersion":
        version = try reader.number()
        guard version ?? 0 <= BundleFormat.schemaVersion else {
          throw reader.error(
            "schemaVersion is not \(BundleFormat.schemaVersion): a later zonewise wrote this"
          )
        }
      case "kind":
        guard try reader.string() == BundleFormat.kind else {
          throw reader.error("this is something else; a bundle's kind is \"bundle\"")
        }
        isBundle = true
      case "command": throw try Self.otherAnswer(&reader)
      case "machine": machine = try reader.string()
      case "taken": taken = CivilTime(text: try reader.string())?.seconds
      case "files":
        hasFiles = true
        try files(&reader)
      case "unread": try failures(&reader)
      case "listings": try listings(&reader)
      case "substitutes": try readSubstitutes(&reader)
      default: try reader.skip()
      }
    }
    try reader.end()
    guard version == BundleFormat.schemaVersion, isBundle, hasFiles else {
      throw reader.error(
        "no bundle: \"schemaVersion\": \(BundleFormat.schemaVersion), \"kind\": \"bundle\" and "
          + "\"files\" must be in it"
      )
    }
    if let machine { addMachine(machine) }
  }

  /// Why the answer of a command, or the snapshot of an earlier version, is no bundle.
  private static func otherAnswer(_ reader: inout JSONReader) throws(LocatedError) -> LocatedError {
    guard try reader.string() == "capture" else {
      return reader.error("this is the answer of another command; give the host itself")
    }
    return reader.error(
      """
      a snapshot of an earlier zonewise, which does not hold the host's files; \
      capture the host again with this version: zonewise capture -o host.json
      """
    )
  }

  private mutating func files(_ reader: inout JSONReader) throws(LocatedError) {
    var contents = contents
    self.contents = []
    defer { self.contents = contents }
    try reader.object { reader, path throws(LocatedError) in
      let start = contents.count
      try reader.string(appendingTo: &contents)
      try add(path, .file(start..<contents.count), reader)
    }
  }

  private mutating func failures(_ reader: inout JSONReader) throws(LocatedError) {
    try reader.object { reader, path throws(LocatedError) in
      let why = try reader.string()
      let failure: ReadFailure =
        why == ReadFailure.denied.description ? .denied : .failed(why)
      try add(path, .failure(failure), reader)
    }
  }

  private mutating func listings(_ reader: inout JSONReader) throws(LocatedError) {
    try reader.object { reader, folder throws(LocatedError) in
      try add(folder, .directory, reader)
      try reader.array { reader throws(LocatedError) in
        let name = try reader.string()
        guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")) else {
          throw reader.error("not a name in a directory")
        }
        try add("\(folder)/\(name)", .directory, reader)
      }
    }
  }

  private mutating func readSubstitutes(_ reader: inout JSONReader) throws(LocatedError) {
    try reader.array { reader throws(LocatedError) in
      var substitute = Substitute(input: "", from: "")
      try reader.object { reader, name throws(LocatedError) in
        switch name {
        case "input": substitute.input = try reader.string()
        case "from": substitute.from = try reader.string()
        default: try reader.skip()
        }
      }
      guard substitutes.count < Self.pathLimit else { throw reader.error("too many substitutes") }
      substitutes.append(substitute)
    }
  }

  private mutating func add(
    _ path: String,
    _ node: BundleSource.Entry.Node,
    _ reader: JSONReader
  ) throws(LocatedError) {
    guard path.hasPrefix("/") else { throw reader.error("not a path that begins with /") }
    guard entries.count < Self.pathLimit else {
      throw reader.error("more than \(Self.pathLimit) paths")
    }
    entries.append(BundleSource.Entry(path: path, node: node))
  }

  /// Kernels before 6.1 don't tell the machine's name in a file.
  private mutating func addMachine(_ name: String) {
    let path = HostInput.architecture.path
    guard !entries.contains(where: { $0.path == path }) else { return }
    let start = contents.count
    contents += "\(name)\n".utf8
    entries.append(BundleSource.Entry(path: path, node: .file(start..<contents.count)))
  }
}
