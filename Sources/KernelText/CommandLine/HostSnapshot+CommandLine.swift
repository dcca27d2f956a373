package import HostModel

extension HostSnapshot {
  /// Whether the host was booted with an argument that makes ZONE_MOVABLE; false too where the
  /// command line is not known.
  package var asksForMovableAtBoot: Bool {
    let names: Set<String> = ["kernelcore", "movablecore", "movable_node"]
    return KernelCommandLineText.arguments(commandLine.value ?? "").contains {
      names.contains($0.normalizedName)
    }
  }
}
