extension Assessment {
  /// Settings of the running kernel that findings ask for, each file once, the worst finding's first.
  package var settings: [(path: String, value: String, code: String)] {
    var found: [(path: String, value: String, code: String)] = []
    for finding in findings where finding.severity > .note {
      for setting in finding.changes.compactMap(\.setting)
      where !found.contains(where: { $0.path == setting.path }) {
        found.append((setting.path, setting.value, finding.code))
      }
    }
    return found
  }
}
