internal import HostCollection
package import SourceText
internal import SystemIO

/// Walks through the files under the paths that the user named, in the order of their names.
package struct InputWalker: Sendable {
  /// A file, or a directory that is a host, or why something can't be looked at.
  package enum Step: Sendable {
    case file(path: String, size: Int, isNamed: Bool)
    case host(path: String)
    /// A directory whose entries come next, unless it is left with `leave`.
    case folder(path: String)
    case standardInput
    case failed(LocatedError, isNamed: Bool)
  }

  /// Folders that hold no configs, and may hold very many files.
  private static let skipped: Set<String> = [
    ".git", ".hg", ".svn", ".build", "node_modules", ".venv", "__pycache__",
  ]
  /// Deeper trees are no configs either.
  private static let deepest = 64

  private struct Frame {
    var path: String
    var entries: [UserTree.Entry]
    var next: Int
    var depth: Int
  }

  private var named: ArraySlice<String>
  private var stack: [Frame] = []

  package init(_ paths: [String]) { named = paths[...] }

  /// Leaves the directory that was entered last.
  package mutating func leave() { _ = stack.popLast() }

  package mutating func next() -> Step? {
    while true {
      guard var frame = stack.popLast() else {
        guard let path = named.popFirst() else { return nil }
        if let step = enter(path, isNamed: true, depth: 0) { return step }
        continue
      }
      guard frame.next < frame.entries.count else { continue }
      let entry = frame.entries[frame.next]
      frame.next += 1
      stack.append(frame)
      let path = frame.path.isEmpty ? entry.name : frame.path + "/" + entry.name
      switch entry.kind {
      case .file(let size), .link(let size):
        return .file(path: path, size: size, isNamed: false)
      case .directory:
        guard !Self.skipped.contains(entry.name) else { continue }
        if let step = enter(path, isNamed: false, depth: frame.depth + 1) { return step }
      case .other: continue
      }
    }
  }

  /// Opens a path; nil for a directory, whose entries come next.
  private mutating func enter(_ path: String, isNamed: Bool, depth: Int) -> Step? {
    guard path != "-" else { return .standardInput }
    var clean = path
    while clean.count > 1, clean.hasSuffix("/") { clean.removeLast() }
    do throws(ReadFailure) {
      switch try UserTree.kind(ofNamed: clean) {
      case .file(let size), .link(let size):
        return .file(path: clean, size: size, isNamed: isNamed)
      case .other:
        return .failed(
          LocatedError("no file and no directory; name one", file: clean),
          isNamed: isNamed
        )
      case .directory:
        // Somebody's test data has some of a host's files; only zones make it one that is judged.
        if isNamed ? UserTree.isHost(clean) : UserTree.hasZones(clean) {
          return .host(path: clean)
        }
        guard depth < Self.deepest else {
          return .failed(
            LocatedError(
              "more than \(Self.deepest) folders deep: not looked at; name it to have it checked",
              file: clean
            ),
            isNamed: isNamed
          )
        }
        let entries = try UserTree.entries(clean)
        while clean.hasPrefix("./") { clean.removeFirst(2) }
        stack.append(
          Frame(path: clean == "." ? "" : clean, entries: entries, next: 0, depth: depth)
        )
        return isNamed ? nil : .folder(path: clean)
      }
    } catch {
      return .failed(LocatedError("\(error)", file: clean), isNamed: isNamed)
    }
  }
}
