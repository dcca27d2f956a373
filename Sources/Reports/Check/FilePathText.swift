/// Paths as other programs compare them with those of a change.
enum FilePathText {
  /// `./a` is `a`; other dots are left, for a link may make them mean something else.
  static func plain(_ path: String) -> String {
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    return rest.isEmpty ? "." : String(rest)
  }
}
