package import HostModel

/// Which of the behaviours that changed between releases a kernel has.
///
/// Nothing else compares versions. Where a distribution may have moved a change to another release,
/// the mainline and stable history is followed and `assumptions` says so.
package struct KernelFeatures: Hashable, Sendable {
  /// `kernelcore=` and `movablecore=` exist: everywhere since 5.8, before that only where the
  /// architecture kept its node map in memblock.
  package var hasSizeArguments = true
  /// `N%` is a percentage of all memory (4.17); before, N bytes.
  package var hasPercentages = true
  /// `kernelcore=mirror` exists (4.6), and with it the crash of `kernelcore` without a value.
  package var hasMirror = true
  /// `kernelcore=mirror` is ignored where no memory is mirrored (6.6, 0db31d63f27c).
  package var mirrorNeedsMirroredMemory = true
  /// `kernelcore=mirror` spares frames below 4 GiB; older kernels spare frames below 0x100000
  /// whatever the page size.
  package var mirrorSparesFourGiB = true
  /// A start behind the node's end is taken back (5.18, ddbc84f3f595, and stable releases).
  package var dropsStartsBehindNodeEnd = true
  /// A hot-pluggable range begins with its first whole page; older kernels round down.
  package var roundsHotPluggableStartsUp = true
  /// Size suffixes beyond `G` (3.16).
  package var hasLargeSuffixes = true
  /// What was taken for granted, as sentences.
  package var assumptions: [String] = []

  /// The behaviour of the newest kernel known.
  package static let newest = KernelFeatures()

  private init() {}

  /// The behaviour of a release.
  package init(version: KernelVersion?, architecture: Architecture?) {
    guard let version else {
      assumptions.append("the kernel's version is not known: a current kernel is assumed")
      return
    }
    hasPercentages = version.isAtLeast(4, 17)
    hasMirror = version.isAtLeast(4, 6)
    mirrorNeedsMirroredMemory = version.isAtLeast(6, 6)
    mirrorSparesFourGiB = version.isAtLeast(6, 0)
    roundsHotPluggableStartsUp = version.isAtLeast(5, 8)
    hasLargeSuffixes = version.isAtLeast(3, 16)
    hasSizeArguments =
      version.isAtLeast(5, 8)
      || version >= KernelVersion(major: 2, minor: 6, patch: 23)
        && architecture != .arm32
    dropsStartsBehindNodeEnd = Self.dropsStartsBehindNodeEnd(version)
    if !dropsStartsBehindNodeEnd, version.hidesPatch, version.isAtLeast(4, 9) {
      dropsStartsBehindNodeEnd = true
      assumptions.append(
        "\(version.release) doesn't tell the stable version it was built from: one of after spring "
          + "2022 is assumed, which never lets ZONE_MOVABLE begin behind a node's end"
      )
    }
  }

  /// Stable releases of spring 2022 took the change over.
  private static func dropsStartsBehindNodeEnd(_ version: KernelVersion) -> Bool {
    switch (version.major, version.minor) {
    case (5, 17): version.patch >= 2
    case (5, 16): version.patch >= 19
    case (5, 15): version.patch >= 33
    case (5, 10): version.patch >= 110
    case (5, 4): version.patch >= 189
    case (4, 19): version.patch >= 238
    case (4, 14): version.patch >= 276
    case (4, 9): version.patch >= 311
    default: version.isAtLeast(5, 18)
    }
  }
}
