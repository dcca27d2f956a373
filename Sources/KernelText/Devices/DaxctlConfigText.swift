package import HostModel

/// daxctl's configuration files.
package enum DaxctlConfigText {
  /// The `[reconfigure-device …]` sections of one file.
  package static func parse(_ text: String, file: String) -> [DaxctlSection] {
    var sections: [DaxctlSection] = []
    for line in text.split(separator: "\n") {
      let line = line.trimmed
      if line.hasPrefix("#") || line.isEmpty { continue }
      if line.hasPrefix("[") {
        let title = line.dropFirst().prefix { $0 != "]" }
        let words = title.split(separator: " ", maxSplits: 1)
        guard words.first == "reconfigure-device" else { continue }
        sections.append(
          DaxctlSection(file: file, name: words.count > 1 ? String(words[1].trimmed) : "")
        )
        continue
      }
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, !sections.isEmpty else { continue }
      let value = String(parts[1].trimmed)
      switch parts[0].trimmed {
      case "mode": sections[sections.count - 1].mode = value
      case "online": sections[sections.count - 1].online = value
      case "movable": sections[sections.count - 1].movable = value
      default: break
      }
    }
    return sections
  }
}

extension Substring {
  /// Without blanks at both ends.
  fileprivate var trimmed: Substring {
    var text = drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
    return text
  }
}
