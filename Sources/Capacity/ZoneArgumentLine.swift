package import BootArguments
internal import KernelBehavior

/// A command line with other arguments about zones.
package enum ZoneArgumentLine {
  /// A host's own line with these in place of its own about zones; everything else stays as it is.
  ///
  /// - Parameters:
  ///   - arguments: As they are written; none at all take its own away.
  ///   - own: The host's line.
  /// - Returns: The whole line.
  /// - Throws: A word that is no argument.
  package static func with(
    _ arguments: String,
    in own: String
  ) throws(BootArgumentsError) -> String {
    let change = try ArgumentChange(
      try BootArgument.parse(arguments),
      removing: ZoneArgumentWord.Name.allCases.map(\.rawValue)
    )
    return CommandLine(own).applying(change).text
  }
}
