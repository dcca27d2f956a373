internal import Glibc
package import SystemIO

/// Directories that the user named, as far as walking through them takes.
package enum UserTree {
  package struct Entry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case file(size: Int)
      case directory
      /// A link to a file; links to directories are not followed, so that no walk goes in circles.
      case link(size: Int)
      /// A device, a socket, a link that leads nowhere: nothing to read.
      case other
    }

    package var name: String
    package var kind: Kind
  }

  /// What a directory holds, in the order of the bytes of its names.
  package static func entries(_ path: String) throws(ReadFailure) -> [Entry] {
    let names = try FileSystem.names(in: path).sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    return names.map { Entry(name: $0, kind: kind(path + "/" + $0)) }
  }

  /// What stands behind a path, links followed.
  package static func kind(ofNamed path: String) throws(ReadFailure) -> Entry.Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last }
    return switch status.st_mode & S_IFMT {
    case S_IFDIR: .directory
    case S_IFREG: .file(size: Int(status.st_size))
    default: .other
    }
  }

  /// Whether a directory is the root of a host, or an unpacked supportconfig.
  package static func isHost(_ path: String) -> Bool {
    ["/proc/zoneinfo", "/proc/meminfo", "/basic-environment.txt"].contains {
      FileSystem.exists(path + $0)
    }
  }

  /// Whether a directory is the root of a host that tells its zones, or an unpacked supportconfig.
  package static func hasZones(_ path: String) -> Bool {
    ["/proc/zoneinfo", "/basic-environment.txt"].contains { FileSystem.exists(path + $0) }
  }

  /// The path with every link resolved, nil where there is nothing.
  package static func resolved(_ path: String) -> String? { FileSystem.resolved(path) }

  package static func exists(_ path: String) -> Bool { FileSystem.exists(path) }

  private static func kind(_ path: String) -> Entry.Kind {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file(size: Int(status.st_size))
    case S_IFLNK:
      guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return .other
      }
      return .link(size: Int(status.st_size))
    default: return .other
    }
  }
}
