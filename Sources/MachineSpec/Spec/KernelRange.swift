package import HostModel

/// A release, or all mainline releases between two: `6.12`, `6.1..6.12`.
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
    guard let last = KernelVersion(release: String(parts[1])), first <= last,
      (2...9).contains(first.major), (2...9).contains(last.major)
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

  /// What a text under a key `kernel` should have been.
  package static let expectation =
    "kernel must be a release (\"6.12\"), a range (\"6.1..6.12\") or a list of them, in quotes"

  /// Every mainline release in the range, the ends as they are written.
  package var releases: [KernelVersion] {
    guard first != last else { return [first] }
    var releases = [first]
    var major = first.major
    var minor = first.minor + 1
    while (major, minor) < (last.major, last.minor) {
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
