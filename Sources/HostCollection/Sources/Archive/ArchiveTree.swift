internal import SystemIO

/// A host's files held in memory, with links followed inside and never out of it.
///
/// All contents lie behind one another in one buffer, so that a hundred thousand small files cost
/// little more than their bytes.
struct ArchiveTree: Sendable {
  enum Node: Sendable {
    /// Where the contents lie in the buffer.
    case file(Range<Int>)
    /// Where a symbolic link leads, as it stands in the archive.
    case link(String)
    case directory
    /// It was there and can't be read.
    case failure(ReadFailure)
  }

  private(set) var contents: [UInt8] = []
  private(set) var nodes: [String: Node] = [:]
  /// Names in each directory; built when all nodes are there.
  private var children: [String: [String]] = [:]

  var isEmpty: Bool { nodes.isEmpty }
  var keptBytes: Int { contents.count }

  subscript(path: String) -> Node? { nodes[path] }

  mutating func add(_ path: String, _ node: Node) { nodes[path] = node }

  mutating func add(_ path: String, contents bytes: some Collection<UInt8>) {
    let start = contents.count
    contents += bytes
    nodes[path] = .file(start..<contents.count)
  }

  mutating func add(_ path: String, text: String) { add(path, contents: text.utf8) }

  /// Takes over the other tree's nodes where this one has none.
  mutating func merge(_ other: ArchiveTree, under prefix: String = "") {
    for (path, node) in other.nodes where nodes[prefix + path] == nil {
      if case .file(let range) = node {
        add(prefix + path, contents: other.contents[range])
      } else {
        nodes[prefix + path] = node
      }
    }
  }

  /// Must follow the last `add` and come before `names`.
  mutating func index() {
    var names: [String: Set<String>] = [:]
    for path in nodes.keys {
      var path = Substring(path)
      while let slash = path.lastIndex(of: "/") {
        let parent = String(path[..<slash])
        let isNew = names[parent, default: []].insert(String(path[path.index(after: slash)...]))
        if !isNew.inserted { break }
        path = path[..<slash]
      }
    }
    children = names.mapValues { Array($0) }
  }

  func read(_ path: String, into buffer: inout [UInt8], limit: Int) throws(ReadFailure) {
    switch nodes[try resolved(path)] {
    case .file(let range):
      guard range.count <= limit else { throw .tooLarge(limit: limit) }
      buffer.removeAll(keepingCapacity: true)
      buffer += contents[range]
    case .failure(let failure): throw failure
    case .directory: throw .notAFile
    case .link, nil: throw .missing
    }
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    let path = try resolved(directory)
    if case .failure(let failure) = nodes[path] { throw failure }
    guard let names = children[path] else {
      if case .directory = nodes[path] { return [] }
      throw .missing
    }
    return names
  }

  // MARK: Links

  /// The path with every link on its way followed.
  private func resolved(_ path: String) throws(ReadFailure) -> String {
    var rest = Array(path.split(separator: "/").reversed())
    var done: [Substring] = []
    var links = 0
    while let next = rest.popLast() {
      if next == "." { continue }
      if next == ".." {
        guard done.popLast() != nil else { throw .outside }
        continue
      }
      done.append(next)
      guard case .link(let target) = nodes["/" + done.joined(separator: "/")] else { continue }
      links += 1
      // As many as the kernel itself follows (fs/namei.c, MAXSYMLINKS).
      guard links <= 40 else { throw .failed("links in a circle") }
      done.removeLast()
      if target.hasPrefix("/") { done.removeAll() }
      rest += target.split(separator: "/").reversed()
    }
    return "/" + done.joined(separator: "/")
  }

  /// Whether a link at `path` names something above the tree's root.
  static func leadsOut(_ target: String, from path: String) -> Bool {
    var depth = target.hasPrefix("/") ? 0 : path.split(separator: "/").count - 1
    for part in target.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return true }
    }
    return false
  }
}
