/// The release of a kernel: `6.12.107+deb12-cloud-amd64` is 6.12.107.
package struct KernelVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let major: Int
  package let minor: Int
  package let patch: Int
  /// The whole release string as `uname -r` prints it.
  package let release: String

  package init(major: Int, minor: Int, patch: Int = 0, release: String? = nil) {
    self.major = major
    self.minor = minor
    self.patch = patch
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
      major: numbers[0],
      minor: numbers[1],
      patch: numbers.count > 2 ? numbers[2] : 0,
      release: release
    )
  }

  package var description: String { release }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  package static func == (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) == (right.major, right.minor, right.patch)
      && left.release == right.release
  }

  /// Whether this is `major.minor` or newer, whatever its patch level.
  package func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
    (self.major, self.minor) >= (major, minor)
  }
}
