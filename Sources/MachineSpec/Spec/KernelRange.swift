package import HostModel

/// A release, or all mainline releases between two: `6.12`, `6.1..6.12`.
///
/// Compares releases as the user's data: it lists the kernels of a range, and says nothing of what
/// they do.
package struct KernelRange: Hashable, Sendable {
  package let first: KernelVersion
  package let last: KernelVersion

  package init?(_ text: String) {
    let parts = text.replacing("..", with: "\0").split(
      separator: "\0",
      omittingEmptySubsequences: false
    )
    guard let first = parts.first.flatMap({ KernelVersion(release: String($0)) }),
      parts.count <= 2
    else { return nil }
    guard parts.count == 2 else {
      self.first = first
      last = first
      return
    }
    guard let last = KernelVersion(release: String(parts[1])),
      first.releaseNumber <= last.releaseNumber,
      (2...9).contains(first.releaseNumber.major), (2...9).contains(last.releaseNumber.major)
    else { return nil }
    self.first = first
    self.last = last
  }

  /// The last minor release of each major one (kernel.org); 6.19 was followed by 7.0.
  private static let lastMinor = [3: 19, 4: 20, 5: 19, 6: 19]

  /// All releases of a list of releases and ranges, each once; nil where one of them is neither.
  package static func releases(_ texts: [String]) -> [KernelVersion]? {
    var releases: [KernelVersion] = []
    for text in texts {
      guard let range = KernelRange(text) else { return nil }
      releases += range.releases.filter { !releases.contains($0) }
    }
    return releases
  }

  /// The one that came out last, nil where there is none.
  package static func newest(of versions: [KernelVersion]) -> KernelVersion? {
    versions.max { $0.releaseNumber < $1.releaseNumber }
  }

  /// What a text under a key `kernel` should have been.
  package static let expectation =
    "kernel must be a release (\"6.12\"), a range (\"6.1..6.12\") or a list of them, in quotes"

  /// Every mainline release in the range, the ends as they are written.
  package var releases: [KernelVersion] {
    guard first != last else { return [first] }
    var releases = [first]
    let end = last.releaseNumber
    var major = first.releaseNumber.major
    var minor = first.releaseNumber.minor + 1
    while KernelRelease(major, minor) < end.series {
      if minor > Self.lastMinor[major] ?? 99 {
        major += 1
        minor = 0
        continue
      }
      releases.append(KernelVersion(major: major, minor: minor, release: "\(major).\(minor)"))
      minor += 1
    }
    releases.append(last)
    return releases
  }
}
