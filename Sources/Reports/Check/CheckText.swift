internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `zonewise check` for people: each finding under its line of the file, the counts at the end.
package struct CheckText: CheckWriter {
  private let style: TextStyle
  private let failOn: Finding.Severity?
  private let terminal: TerminalText
  /// What was written last, which decides whether an empty line follows.
  private var last = Block.nothing

  private enum Block {
    case nothing
    case finding
    case standing
  }

  package init(_ options: CheckReportOptions) {
    style = options.style
    failOn = options.failOn
    terminal = TerminalText(usesUnicode: options.style.usesUnicode)
  }

  package mutating func begin(_ output: inout [UInt8]) {}

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    switch result {
    case .failed(let failure): write(failed(failure), as: .finding, &output)
    case .unread(let file) where file.isNamed || style.isVerbose:
      write(unread(file), as: file.isNamed ? .finding : .standing, &output)
    // On a walk they are counted, no more: whoever looks at a repository for the first time has many.
    case .unread: break
    case .judged(let subject):
      for found in subject.findings where found.isOpen || style.isVerbose {
        write(block(found, of: subject), as: .finding, &output)
      }
      if style.isVerbose {
        write(standing(subject), as: .standing, &output)
      } else if let why = subject.whyNotJudged {
        // What is not known is not fine.
        let text = "unknown \(place(subject.place)): \(subject.label): \(why)"
        write(paragraph(text, hanging: 2), as: .finding, &output)
      }
    }
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    var sentence = summary.sentence
    if let failOn, summary.count(atLeast: failOn) > 0 {
      sentence += " The check fails: --fail-on \(failOn.rawValue)."
    }
    if style.isVerbose {
      sentence += " \(summary.skipped) other files were looked at and are none that check reads."
    } else if summary.incomplete > 0 {
      sentence += " -v says what is not known."
    } else if summary.unread > summary.unreadNamed {
      sentence += " -v names the files."
    }
    write(paragraph(sentence, hanging: 0), as: .finding, &output)
  }

  /// With an empty line before it, except among healthy subjects.
  private mutating func write(_ lines: [String], as block: Block, _ output: inout [UInt8]) {
    if last != .nothing, last != .standing || block != .standing { output.append(0x0A) }
    last = block
    for line in lines {
      output += line.utf8
      output.append(0x0A)
    }
  }

  // MARK: Subjects

  /// What was judged, and what it took for that.
  private func standing(_ subject: CheckedSubject) -> [String] {
    var words = "\(place(subject.place)): \(subject.label)"
    if let profile = subject.profile { words += ", profile \(profile)" }
    if !subject.kernels.isEmpty { words += ", on \(subject.kernels.joined(separator: ", "))" }
    let open = subject.open.count
    if let verdict = subject.verdict { words += ": \(verdict.rawValue)" }
    if let movable = subject.movable {
      let (least, most) = (movable.lowerBound.text, movable.upperBound.text)
      words += ", \(least == most ? least : "\(least) to \(most)") Movable"
    }
    words += open == 0 ? "; nothing found" : "; \(open) found"
    var lines = paragraph(words, hanging: 2)
    for assumption in subject.assumptions {
      lines += paragraph("taken for granted: \(assumption)", lead: "  ", hanging: 4)
    }
    for input in subject.unknown {
      let text = "not known: \(input.input): \(input.reason): \(input.effect)"
      lines += paragraph(text, lead: "  ", hanging: 4)
    }
    return lines
  }

  private func unread(_ file: UnreadFile) -> [String] {
    paragraph("\(place(file.place, inFull: true)): \(file.sentence)", hanging: 2)
  }

  private func failed(_ failure: LocatedError) -> [String] {
    var lines = paragraph(
      "error \(place(failure.place, inFull: true)): \(failure.message)",
      hanging: 2
    )
    if let first = lines.first, first.hasPrefix("error") {
      lines[0] = style.marked("error", .red) + first.dropFirst(5)
    }
    return lines
  }

  // MARK: Findings

  private func block(_ found: CheckFinding, of subject: CheckedSubject) -> [String] {
    guard let excerpt = found.excerpt else { return withoutExcerpt(found, of: subject) }
    let location = found.location
    let number = String(max(1, location.line))
    let margin = String(repeating: " ", count: number.utf8.count)
    let room = style.width - number.utf8.count - 3
    let line = SourceLine(
      excerpt,
      column: location.column,
      length: found.length,
      room: room,
      in: terminal
    )

    var lines = heading(found)
    let origin = [place(location, inFull: true)] + about(found, subject)
    lines += framed(
      origin.joined(separator: style.usesUnicode ? " · " : " - "),
      margin: margin,
      first: frame.top
    )
    lines.append("\(number) \(frame.side) \(line.text)".trimmedAtEnd)
    let message = prose(found.message)
    if line.width == 0 {
      lines += framed(message, margin: margin, first: frame.side)
    } else {
      let blanks = String(repeating: " ", count: line.indent)
      let carets = String(repeating: "^", count: line.width)
      let marked = style.marked(carets, mark(found.finding.severity))
      let pointer = "\(margin) \(frame.side) \(blanks)\(marked)"
      if line.indent + line.width + 1 + terminal.width(of: message) <= room {
        lines.append(pointer + " " + message)
      } else {
        lines.append(pointer)
        lines += framed(message, margin: margin, first: frame.side)
      }
    }
    lines += framed(found.remedy, margin: margin, first: frame.bottom, isLast: true)
    return lines
  }

  /// For archives and whole files: there is no line to show.
  private func withoutExcerpt(_ found: CheckFinding, of subject: CheckedSubject) -> [String] {
    let words = [place(found.location)] + about(found, subject) + [found.message]
    var lines = heading(found)
    lines += paragraph(words.joined(separator: ": "), lead: "  ", hanging: 2)
    lines += paragraph("→ \(found.remedy)", lead: "  ", hanging: 4)
    return lines
  }

  private func heading(_ found: CheckFinding) -> [String] {
    let finding = found.finding
    var text = "\(finding.severity.rawValue) \(finding.code) \(finding.rule)"
    if let suppression = found.suppression {
      text += " (suppressed at \(place(suppression.place, inFull: true)): \(suppression.reason))"
    } else if found.isInBaseline {
      text += " (known from the baseline)"
    }
    var lines = paragraph(text, hanging: 2)
    let severity = finding.severity.rawValue
    if let first = lines.first, first.hasPrefix(severity) {
      let mark = found.isOpen ? mark(finding.severity) : .dim
      lines[0] = style.marked(severity, mark) + first.dropFirst(severity.count)
    }
    return lines
  }

  private func mark(_ severity: Finding.Severity) -> TextStyle.Mark {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .dim
    }
  }

  /// On what it was found.
  private func about(_ found: CheckFinding, _ subject: CheckedSubject) -> [String] {
    let kernels = found.kernels
    return [subject.label] + (kernels.isEmpty ? [] : ["on \(kernels.joined(separator: ", "))"])
  }

  /// A place as editors and terminals take it; the first of a file is the file.
  private func place(_ location: SourceLocation, inFull: Bool = false) -> String {
    guard inFull || location.line > 1 || location.column > 1 else { return location.file }
    return "\(location.file):\(location.line):\(location.column)"
  }

  // MARK: Lines

  private var frame: (top: String, side: String, bottom: String) {
    style.usesUnicode ? ("┌", "│", "└") : ("+", "|", "+")
  }

  /// Fit for the terminal, on one line.
  private func prose(_ text: String) -> String {
    // Our own signs have spellings in ASCII; what is left of a stranger's becomes a question mark.
    let readable = style.usesUnicode ? text : style.encoded(text)
    return terminal.prose(readable)
  }

  private func paragraph(_ text: String, lead: String = "", hanging: Int) -> [String] {
    let room = style.width
    let parts = terminal.wrapped(
      prose(text),
      first: room - lead.count,
      rest: room - hanging
    )
    return parts.enumerated().map {
      ($0.offset == 0 ? lead : String(repeating: " ", count: hanging)) + $0.element
    }
  }

  /// Text along the frame.
  private func framed(
    _ text: String,
    margin: String,
    first: String,
    isLast: Bool = false
  ) -> [String] {
    let room = style.width - margin.count - 3
    let parts = terminal.wrapped(prose(text), first: room, rest: room)
    return parts.enumerated().map {
      let side = $0.offset == 0 ? first : isLast ? " " : frame.side
      return "\(margin) \(side) \($0.element)"
    }
  }
}

extension String {
  /// Without the blanks at its end.
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
