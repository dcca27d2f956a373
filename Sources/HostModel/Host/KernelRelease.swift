/// The three numbers of a release, in the order in which releases came out: what changed between
/// kernels is told in these.
package struct KernelRelease: Hashable, Sendable {
  package let major: Int
  package let minor: Int
  /// The level within a stable series, zero for the mainline release itself.
  package let patch: Int

  package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The mainline release that a stable series started from: 6.12 for 6.12.107.
  package var series: KernelRelease { KernelRelease(major, minor) }
}

extension KernelRelease: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension KernelRelease: CustomStringConvertible {
  package var description: String {
    patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)"
  }
}
