package import Advice
internal import HostModel
internal import SourceText

/// What `zonewise explain TOPIC` prints.
package enum TopicPage {
  /// All topics, a line each.
  package static func list(width: Int) -> String {
    let column = (Topic.allCases.map(\.rawValue.count).max() ?? 0) + 4
    var lines = ["TOPICS"]
    for topic in Topic.allCases {
      for (index, part) in topic.title.wrapped(width - column).enumerated() {
        lines.append((index == 0 ? "  " + topic.rawValue : "").padded(column) + part)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One topic, with the numbers of a host where there is one.
  ///
  /// - Parameters:
  ///   - topic: What is asked about.
  ///   - host: What was assessed, or why there are no numbers; nil where nobody asked for any.
  ///   - style: How wide, and with which characters.
  /// - Returns: The page, with a newline at its end.
  package static func text(
    _ topic: Topic,
    host: Result<Assessment, NoNumbers>?,
    style: TextStyle
  ) -> String {
    let width = min(style.width, 100)
    var lines = [style.marked(topic.rawValue, .bold)] + topic.title.wrapped(width)
    for paragraph in topic.paragraphs { lines += [""] + paragraph.wrapped(width) }
    switch host {
    case .success(let assessment):
      let name = (assessment.snapshot.hostName.value ?? "this machine").printable
      lines += ["", style.marked("HERE", .bold) + "  \(name)"]
      for row in TopicNumbers(assessment).rows(topic) { lines += line(row, width: width) }
      let verdict = AdviseSummary.text(assessment)
      lines += [""] + verdict.wrapped(width)
    case .failure(let reason):
      lines += ["", style.marked("HERE", .bold)]
      lines += "not told: \(reason.text)".printable.wrapped(width - 2).map { "  " + $0 }
    case nil: break
    }
    lines += ["", style.marked("GO ON", .bold)]
    lines += "\(topic.command)".wrapped(width - 2).map { "  " + $0 }
    if !topic.rules.isEmpty {
      lines += "zonewise explain \(topic.rules.joined(separator: " "))".wrapped(width - 2)
        .map { "  " + $0 }
    }
    lines.append("  man 7 zone-movable")
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }

  /// Why a topic has no numbers.
  package struct NoNumbers: Error {
    package var text: String
    package init(_ text: String) { self.text = text }
  }

  private static func line(_ row: TopicNumbers.Row, width: Int) -> [String] {
    let columns = 2 + 25 + 11 + 2
    guard width >= columns + 24 else {
      let value = row.value.isEmpty ? row.title : "\(row.title): \(row.value)"
      return value.wrapped(width - 2).map { "  " + $0 }
        + row.from.printable.wrapped(width - 4).map { "    " + $0 }
    }
    // What has no value of its own begins in its column.
    let start =
      "  " + row.title.padded(25)
      + (row.value.isEmpty ? "  " : row.value.aligned(11) + "  ")
    let parts = row.from.printable.wrapped(width - start.count)
    return [start + (parts.first ?? "")]
      + parts.dropFirst().map { String(repeating: " ", count: start.count) + $0 }
  }
}
