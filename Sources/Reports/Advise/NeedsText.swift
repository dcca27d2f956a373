internal import Advice
internal import HostModel
internal import SourceText

/// The part of `advise` about what must be contiguous or pinned.
struct NeedsText {
  let needs: NeedsAnswer
  let style: TextStyle

  func lines() -> [String] {
    let width = max(12, needs.all.map(\.need.text.count).max() ?? 0) + 4
    var lines: [String] = []
    for answer in needs.all {
      let mark: TextStyle.Mark = answer.isMet ? .green : .red
      let head = "  " + answer.need.text.padded(width - 2)
      let verdict = answer.verdict
      lines.append(head + style.marked(verdict, mark))
      for sentence in details(answer) {
        let wrapped = sentence.printable.wrapped(style.width - width)
        lines += wrapped.map { String(repeating: " ", count: width) + $0 }
      }
    }
    guard !needs.left.isEmpty else { return lines }
    for (index, left) in needs.left.enumerated() {
      let head = index == 0 ? "  left for the rest" : ""
      lines.append(
        head.padded(max(width, 21)) + "node \(left.node): \(left.kernel.text) of kernel memory, "
          + "\(left.movable.text) of Movable"
      )
    }
    return lines
  }

  private func details(_ answer: NeedAnswer) -> [String] {
    var details: [String] = []
    if answer.isMet, !answer.shares.isEmpty {
      details.append(answer.shares.map(answer.text).joined(separator: "; "))
    }
    if !answer.arguments.isEmpty { details.append(answer.arguments.joined(separator: " ")) }
    details += answer.commands
    if !answer.alternative.isEmpty {
      details.append("or \(answer.alternative.joined(separator: " "))")
    }
    let shortfall = answer.shortfall
    if let shortfall { details.append(shortfall) }
    if !answer.isMet {
      let limits = answer.limits.dropFirst(shortfall == nil ? 0 : 1)
      details += limits.map(\.text)
    }
    return details + answer.notes.map(\.text)
  }
}
