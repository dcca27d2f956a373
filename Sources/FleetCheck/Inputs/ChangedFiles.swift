internal import HostCollection
internal import MachineSpec

/// Files that differ from an earlier revision.
package struct ChangedFiles: Sendable {
  /// Absolute paths.
  private let paths: Set<String>
  private let names: [[UInt8]]
  /// Folders whose policy has changed: everything below them is looked at.
  private let folders: [String]

  /// - Parameters:
  ///   - paths: From `root`.
  ///   - root: The top of the repository, absolute.
  package init(_ paths: [String], root: String) {
    let absolute = paths.map { root + "/" + $0 }
    self.paths = Set(absolute)
    names = paths.map { Array(($0.split(separator: "/").last ?? "").utf8) }
    folders = absolute.filter { $0.hasSuffix("/" + PolicyReader.fileName) }.map {
      String($0.dropLast(PolicyReader.fileName.count))
    }
  }

  package func has(_ path: String) -> Bool {
    guard let absolute = UserTree.resolved(path) else { return false }
    return paths.contains(absolute) || folders.contains { absolute.hasPrefix($0) }
      || paths.contains { $0.hasPrefix(absolute + "/") }
  }

  /// Whether a text names a file that has changed: a spec whose command line is in that file.
  func isNamed(in bytes: [UInt8]) -> Bool {
    guard FleetSpec.recognizes(bytes) else { return false }
    return names.contains { name in
      !name.isEmpty
        && bytes.indices.contains { start in
          bytes[start] == name[0] && bytes[start...].prefix(name.count).elementsEqual(name)
        }
    }
  }
}
