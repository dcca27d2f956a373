package import HostModel
internal import KernelText

extension HostSnapshot {
  /// Whether the host was booted with an argument that makes ZONE_MOVABLE; false too where the
  /// command line is not known.
  package var asksForMovableAtBoot: Bool {
    KernelCommandLineText.arguments(commandLine.value ?? "").contains {
      ZoneArgumentWord.Name(rawValue: $0.normalizedName) != nil
    }
  }
}
