extension Remedy {
  /// One line for people.
  package var text: String {
    switch self {
    case .change(let changes, let note):
      Self.text(changes) + (note.map { ": \($0)" } ?? "")
    case .layout(let words), .action(let words): words
    case .nothing(let why): "nothing: \(why)"
    }
  }

  private static func text(_ changes: [Change]) -> String {
    let added = changes.flatMap(\.added).joined(separator: " ")
    let removed = changes.flatMap(\.removed).joined(separator: ", ")
    var parts: [String] = []
    if !added.isEmpty {
      parts.append("boot with \(added)" + (removed.isEmpty ? "" : " instead of \(removed)"))
    } else if !removed.isEmpty {
      parts.append("boot without \(removed)")
    }
    for setting in changes.compactMap(\.setting) {
      parts.append(
        setting.sysctl.map { "set sysctl \($0)=\(setting.value)" }
          ?? "write \(setting.value) to \(setting.path)"
      )
    }
    return parts.joined(separator: ", and ")
  }
}
