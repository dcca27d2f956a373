package import Advice
package import KernelText
internal import SourceText

/// What `zonewise advise` says of a file that it can name and not judge.
package struct RecognizedAnswer: WholeAnswer {
  private let text: RecognizedText
  private let file: String

  package init(_ text: RecognizedText, file: String) {
    self.text = text
    self.file = file
  }

  package var worstSeverity: Finding.Severity? { nil }
  package var unknownInputs: Int { 0 }

  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(plain(style).utf8)
    case .json: json
    }
  }

  private func plain(_ style: TextStyle) -> String {
    var lines = ["zonewise \(ToolVersion.current) · \(file)".printable, ""]
    let sentences = ["Nothing to judge: \(text.whatItIs)."] + text.whatItTells
    for sentence in sentences { lines += sentence.printable.wrapped(style.width) }
    lines += ["", style.marked("TO GO ON", .bold)]
    for advice in text.advice {
      for (index, line) in advice.printable.wrapped(style.width - 4).enumerated() {
        lines.append((index == 0 ? "  " : "    ") + line)
      }
    }
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }

  private var json: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "advise")
      root.array("recognized", text.found) { writer, found in
        writer.object {
          $0.string("kind", found.kind.name)
          $0.object("location") {
            $0.string("file", file)
            $0.number("line", Int64(found.line))
          }
          $0.string("tells", found.kind.tells)
          $0.string("advice", found.kind.advice)
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}
