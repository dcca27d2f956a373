/// Where the cause of a finding is written.
package enum FindingPlace: Hashable, Sendable {
  /// A word of the command line that the kernel sees, by its first byte.
  case commandLine(byte: Int)
  case file(Finding.Location)

  /// The place as files give it: the kernel shows its command line in /proc/cmdline.
  package var location: Finding.Location {
    switch self {
    case .commandLine(let byte): Finding.Location(file: "/proc/cmdline", line: 1, column: byte + 1)
    case .file(let location): location
    }
  }
}
