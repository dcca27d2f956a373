package import SourceText
internal import SystemIO

/// How a user names one class of a spec: `fleet.yaml#kvm-2s`.
package enum ClassPath {
  /// A path without the class that stands behind its last `#`; nil for none. A file that has such a
  /// name is that file.
  package static func split(_ path: String) -> (file: String, name: String?) {
    guard let mark = path.lastIndex(of: "#"), mark != path.startIndex, !FileSystem.exists(path)
    else { return (path, nil) }
    return (String(path[..<mark]), String(path[path.index(after: mark)...]))
  }

  /// The classes of a spec that can be read; none of a file that is no spec.
  package static func names(in file: String) -> [String] {
    guard let classes = try? SpecClasses(file) else { return [] }
    return classes.all.compactMap { entry in try? entry.own.get().name }
  }

  /// Why a spec has no class of a name.
  package static func missing(_ name: String, among names: [String], file: String) -> LocatedError {
    LocatedError("no class \(name.printable) in it; there are \(list(names))", file: file)
  }

  /// Names for a message: all of a few, the first of many.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map(\.printable).joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}
