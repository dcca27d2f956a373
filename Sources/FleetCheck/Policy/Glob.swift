/// A pattern for paths: `*` and `?` stay within a name, `**` spans directories.
///
/// A pattern without a slash meets a name at any depth, as in a .gitignore.
package struct Glob: Hashable, Sendable {
  package let pattern: String
  private let parts: [[UInt8]]

  package init(_ pattern: String) {
    self.pattern = pattern
    var text = pattern
    while text.hasPrefix("./") { text.removeFirst(2) }
    if text.hasSuffix("/") { text += "**" }
    let isAnchored = text.hasPrefix("/") || text.contains("/")
    if text.hasPrefix("/") { text.removeFirst() }
    let own = text.split(separator: "/").map { Array($0.utf8) }
    parts = isAnchored ? own : [Self.anyDepth] + own
  }

  private static let anyDepth = Array("**".utf8)

  /// Whether a path, or a directory above it, meets the pattern.
  package func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
    // What a directory meets holds for everything in it.
    return (1...max(1, names.count)).contains { count in
      Self.meets(parts[...], names.prefix(count)[...])
    }
  }

  /// Whether a single name meets the pattern: `web-*`.
  package func matches(name: String) -> Bool {
    Self.nameMeets(Array(pattern.utf8)[...], Array(name.utf8)[...])
  }

  /// `**` is tried against every number of names; patterns are short, and so are paths.
  private static func meets(_ parts: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    if part == anyDepth {
      if parts.count == 1 { return true }
      return (names.startIndex...names.endIndex).contains { start in
        meets(parts.dropFirst(), names[start...])
      }
    }
    guard let name = names.first, nameMeets(part[...], name[...]) else { return false }
    return meets(parts.dropFirst(), names.dropFirst())
  }

  /// The usual two pointers: on a mismatch the last star takes one byte more.
  private static func nameMeets(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var p = pattern.startIndex
    var n = name.startIndex
    var star: (pattern: Int, name: Int)?
    while n < name.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        star = (p, n)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == name[n] || pattern[p] == UInt8(ascii: "?") {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        p = last.pattern + 1
        n = last.name + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
