package import SourceText

/// Where the cause of a finding is written.
package enum FindingPlace: Hashable, Sendable {
  /// A word of the command line that the kernel sees: its first byte, and its column as people count.
  case commandLine(byte: Int, column: Int)
  case file(SourceLocation)

  /// The place as files give it: the kernel shows its command line in /proc/cmdline.
  package var location: SourceLocation {
    switch self {
    case .commandLine(_, let column):
      SourceLocation(file: "/proc/cmdline", line: 1, column: column)
    case .file(let location): location
    }
  }
}
