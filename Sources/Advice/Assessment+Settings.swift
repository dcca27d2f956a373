extension Assessment {
  /// Settings of the running kernel that findings ask for, each file once, the worst finding's first:
  /// notes ask for none, but for the one that the verdict rests on.
  package var settings: [(path: String, value: String, code: String)] {
    var found: [(path: String, value: String, code: String)] = []
    for finding in findings where finding.severity > .note || isReason(finding) {
      for setting in finding.changes.compactMap(\.setting)
      where !found.contains(where: { $0.path == setting.path }) {
        found.append((setting.path, setting.value, finding.code))
      }
    }
    return found
  }

  private func isReason(_ finding: Finding) -> Bool {
    current.reason == .whenFull && finding.code == UserMemoryInKernelZones.about.code
  }
}
