package import KernelBehavior
internal import SourceText

/// Why a source does not give what a command needs, with what to give instead.
package enum SourceRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// Its boot layout can't be told.
  case layout(String, BootLayoutRefusal)
  /// A class was named, and only a spec has classes.
  case noClasses(String, name: String)
  /// A line was named, and only a stream of bundles, or a spec, has machines on lines.
  case noStream(String, line: Int)
  case noLine(String, line: Int)
  /// The command is about one machine.
  case several(String, names: [String], command: String)

  package var description: String {
    switch self {
    case .layout(let name, let refusal): return "\(name): \(refusal)"
    case .noClasses(let name, let className):
      return "\(name): #\(className.printable) names a class of a machine spec, and this is none; "
        + "give it without #"
    case .noStream(let file, let line):
      return "\(file): :\(line) names the host on a line of a stream of bundles, and this is none; "
        + "give it without :\(line)"
    case .noLine(let file, let line):
      return "\(file): no host or machine class begins on line \(line)"
    case .several(let path, let names, let command):
      guard let first = names.first else { return "\(path): no machine in it" }
      let isSpec = first.hasPrefix(path + "#")
      let own = isSpec ? names.map { String($0.dropFirst(path.count + 1)) } : names
      return "\(path): \(names.count) \(isSpec ? "machine classes" : "hosts") "
        + "(\(ClassPath.list(own))), and \(command) takes one: "
        + (isSpec ? "name it, as in \(first)" : "give the line of one host")
    }
  }
}
