extension KernelVersion {
  /// Whether the release names a distribution's own series (`5.10.0-46-amd64`, `4.18.0-553.el8`),
  /// which hides the stable release that the kernel was made from.
  package var hidesPatch: Bool {
    releaseNumber.patch == 0 && release.hasPrefix("\(releaseNumber).0-")
      && !release.contains("-rc")
  }

  /// The stable release that a distribution names in its kernel's banner beside its own:
  /// `Debian 5.10.223-1`, `(Ubuntu 5.15.0-91.101-generic 5.15.131)`.
  ///
  /// - Parameter banner: /proc/version, or the log's `Linux version` line.
  /// - Returns: The same release with the patch level that the banner tells, or itself.
  package func refined(by banner: String) -> KernelVersion {
    guard hidesPatch else { return self }
    for word in banner.split(whereSeparator: { " ()".contains($0) }) {
      guard let other = KernelVersion(release: String(word)), other.releaseNumber.patch > 0,
        other.releaseNumber.series == releaseNumber.series
      else { continue }
      return KernelVersion(releaseNumber: other.releaseNumber, release: release)
    }
    return self
  }
}
