package import HostModel

/// The kernel sources that the table of facts was read in: Debian's `linux-source` packages.
package enum SourcesRead {
  /// Oldest first.
  package static let all = [
    KernelRelease(5, 10, 223), KernelRelease(6, 1, 192), KernelRelease(6, 12, 117),
    KernelRelease(7, 2, 13), KernelRelease(7, 3, 4),
  ]

  /// What a newer kernel is judged as: the series of the last of them.
  package static let newest = KernelRelease(7, 3)
}

extension Kernel {
  /// The release of a kernel that is newer than what was read; nil for all others.
  package var unreadRelease: String? {
    guard let version = version.value, version.releaseNumber.series > SourcesRead.newest else {
      return nil
    }
    return version.release
  }

  /// That it is judged as an older one, where it is: at most one sentence.
  package var unreadNotes: [String] { unreadRelease.map { [Self.unreadNote($0)] } ?? [] }

  /// The one place where that is said.
  package static func unreadNote(_ release: String) -> String {
    "Linux \(release) is newer than \(SourcesRead.newest), the newest whose source was read: it is "
      + "judged as that one"
  }
}
