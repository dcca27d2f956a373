package import HostModel

/// The kernel sources that the table of facts was read in: Debian's `linux-source` packages.
package enum SourcesRead {
  /// Oldest first.
  package static let all = [
    KernelRelease(5, 10, 223), KernelRelease(6, 1, 176), KernelRelease(6, 12, 117),
    KernelRelease(7, 2, 13), newest,
  ]

  /// What a newer kernel is judged as.
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
  package var unreadNotes: [String] {
    unreadRelease.map {
      [
        "Linux \($0) is newer than \(SourcesRead.newest), the newest whose source was read: it is "
          + "judged as that one"
      ]
    } ?? []
  }
}
