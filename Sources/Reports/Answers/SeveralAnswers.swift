package import Advice
internal import SourceText

/// The answers about several machines, in order, in one output.
package struct SeveralAnswers<Answered: WholeAnswer>: WholeAnswer {
  /// The answer about a machine, under some of its kernels; or why there is none.
  package struct Part {
    package var source: String
    /// Releases that the answer holds for; empty where the machine has one.
    package var kernels: [String]
    package var answer: Answered?
    package var failure: String?

    package init(source: String, kernels: [String] = [], answer: Answered) {
      self.source = source
      self.kernels = kernels
      self.answer = answer
    }

    package init(source: String, failure: String) {
      self.source = source
      kernels = []
      self.failure = failure
    }
  }

  private let command: String
  package private(set) var parts: [Part] = []

  package init(command: String) { self.command = command }

  package mutating func add(_ part: Part) { parts.append(part) }

  private var answers: [Answered] { parts.compactMap(\.answer) }

  package var worstSeverity: Finding.Severity? { answers.compactMap(\.worstSeverity).max() }
  package var isRefusal: Bool { answers.contains(where: \.isRefusal) }

  /// A machine that could not be read is unknown as a whole.
  package var unknownInputs: Int {
    answers.map(\.unknownInputs).reduce(0, +) + parts.count { $0.answer == nil }
  }

  package func rendered(as format: Answered.Format, style: TextStyle) -> [UInt8] {
    format.rawValue == "json" ? json(format, style) : text(format, style)
  }

  // MARK: Formats

  private func text(_ format: Answered.Format, _ style: TextStyle) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      guard let answer = part.answer else { continue }
      if !bytes.isEmpty { bytes.append(0x0A) }
      let kernels =
        part.kernels.isEmpty ? "" : " · Linux " + ReleaseList.text(part.kernels)
      let heading = "\(part.source)\(kernels)".printable
      let marked =
        format.rawValue == "markdown" ? "## \(heading)" : style.marked("== \(heading)", .bold)
      bytes += Array(style.encoded(marked + "\n\n").utf8)
      bytes += answer.rendered(as: format, style: style)
    }
    return bytes
  }

  private func json(_ format: Answered.Format, _ style: TextStyle) -> [UInt8] {
    var bytes = Array("{\n  \"schemaVersion\": 1,\n  \"command\": \"\(command)\",\n".utf8)
    bytes += Array("  \"answers\": [".utf8)
    for (index, part) in parts.enumerated() {
      bytes += Array(index == 0 ? "\n".utf8 : ",\n".utf8)
      var head = JSONWriter(pretty: false)
      head.object {
        $0.string("source", part.source)
        $0.strings("kernels", part.kernels)
        $0.string("failure", part.failure)
      }
      // The answer is the object's last member, as the command writes it alone.
      bytes += head.bytes.dropLast() + Array(", \"answer\": ".utf8)
      var own = part.answer?.rendered(as: format, style: style) ?? Array("null".utf8)
      while own.last == 0x0A { own.removeLast() }
      bytes += own + [UInt8(ascii: "}")]
    }
    return bytes + Array("\n  ]\n}\n".utf8)
  }
}

/// Releases for a heading: all of a few, the ends of many.
enum ReleaseList {
  static func text(_ releases: [String]) -> String {
    guard let first = releases.first, let last = releases.last, releases.count > 3 else {
      return releases.joined(separator: ", ")
    }
    return "\(first) to \(last) (\(releases.count) releases)"
  }
}
