/// What a kernel calls itself: `6.12.107+deb12-cloud-amd64`, which is 6.12.107.
///
/// The text is part of what a kernel is: two builds of 6.12.107 are two versions. So versions have no
/// order of their own. Which of two came out first is a question for their numbers, and what follows
/// from it one for the table of kernel facts.
package struct KernelVersion: Hashable, Sendable, CustomStringConvertible {
  /// The numbers that the text begins with.
  package let releaseNumber: KernelRelease
  /// The whole release string as `uname -r` prints it.
  package let release: String

  package init(releaseNumber: KernelRelease, release: String) {
    self.releaseNumber = releaseNumber
    self.release = release
  }

  package init(major: Int, minor: Int, patch: Int = 0, release: String? = nil) {
    releaseNumber = KernelRelease(major, minor, patch)
    self.release = release ?? "\(major).\(minor).\(patch)"
  }

  /// Nil unless the release begins with two numbers.
  package init?(release: String) {
    var numbers: [Int] = []
    var current: Int?
    for byte in release.utf8 {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        guard (current ?? 0) < 100_000 else { return nil }
        current = (current ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
      } else {
        guard let number = current else { break }
        numbers.append(number)
        current = nil
        if byte != UInt8(ascii: ".") || numbers.count == 3 { break }
      }
    }
    if let number = current, numbers.count < 3 { numbers.append(number) }
    guard numbers.count >= 2 else { return nil }
    self.init(
      releaseNumber: KernelRelease(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0),
      release: release
    )
  }

  package var description: String { release }
}

extension KernelVersion {
  /// Whether its release is a later one; for choosing among several, not for what a kernel does.
  package func isNewer(than other: KernelVersion) -> Bool {
    releaseNumber > other.releaseNumber
  }
}
