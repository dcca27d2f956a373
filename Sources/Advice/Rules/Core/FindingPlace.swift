package import SourceText

/// Where the cause of a finding is written.
package enum FindingPlace: Hashable, Sendable {
  /// A word of the command line that the kernel sees, by its first byte.
  case commandLine(byte: Int)
  case file(SourceLocation)

  /// The place as files give it: the kernel shows its command line in /proc/cmdline.
  package var location: SourceLocation {
    switch self {
    case .commandLine(let byte): SourceLocation(file: "/proc/cmdline", line: 1, column: byte + 1)
    case .file(let location): location
    }
  }
}
