internal import KernelText
internal import SourceText

/// A kernel command line as it stands, byte for byte, with the arguments in it.
package struct CommandLine: Hashable, Sendable {
  package private(set) var text: String

  package init(_ text: String) { self.text = text }

  /// The kernel's own arguments, in order; what follows a bare `--` is init's.
  package var arguments: [BootArgument] {
    let bytes = Array(text.utf8)
    return KernelCommandLineText.arguments(text).map { BootArgument($0, in: bytes) }
  }

  /// The arguments with where they stand in `text`, in bytes.
  package var ranges: [Range<Int>] { KernelCommandLineText.arguments(text).map { $0.range } }

  /// Replaces in place, removes and appends; everything else keeps its bytes and its order.
  package func applying(_ change: ArgumentChange) -> CommandLine {
    let plan = change.plan(for: arguments)
    guard !plan.changesNothing else { return self }
    var edits = Self.edits(plan, in: text)
    if !plan.appended.isEmpty {
      edits.append(Self.appending(plan, to: text))
    }
    return CommandLine(
      String(decoding: TextEdit.apply(edits, to: Array(text.utf8)), as: UTF8.self)
    )
  }

  /// Where a plan's replacements and removals fall in a text.
  static func edits(
    _ plan: ArgumentChange.Plan,
    in text: String,
    encode: (BootArgument) -> String = { $0.word }
  ) -> [TextEdit] {
    let bytes = Array(text.utf8)
    let ranges = KernelCommandLineText.arguments(text).map { $0.range }
    var edits: [TextEdit] = []
    var isFirst = true
    for (range, action) in zip(ranges, plan.actions) {
      switch action {
      case .keep: isFirst = false
      case .replace(let argument):
        isFirst = false
        edits.append(TextEdit(range: range, text: encode(argument)))
      case .remove:
        edits.append(TextEdit(range: withBlanks(range, in: bytes, behind: isFirst), text: ""))
      }
    }
    return edits
  }

  /// The end of the last argument of the kernel, where more may follow.
  static func appendPosition(in text: String) -> Int {
    KernelCommandLineText.arguments(text).last?.range.upperBound
      ?? text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  /// The new arguments behind the last one of the kernel, with the blanks that they need.
  static func appending(
    _ plan: ArgumentChange.Plan,
    to text: String,
    encode: (BootArgument) -> String = { $0.word }
  ) -> TextEdit {
    let position = appendPosition(in: text)
    let words = plan.appended.map(encode).joined(separator: " ")
    let isFirst = plan.actions.allSatisfy { $0 == .remove }
    let next = text.utf8.dropFirst(position).first
    let touchesNext = plan.actions.isEmpty && next != nil && next != 0x0A && next != 0x0D
    return TextEdit(
      range: position..<position,
      text: (isFirst ? "" : " ") + words + (touchesNext ? " " : "")
    )
  }

  /// A word with the blanks in front of it, or behind it where nothing stays in front.
  private static func withBlanks(
    _ range: Range<Int>,
    in bytes: [UInt8],
    behind: Bool
  ) -> Range<Int> {
    func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }
    var lower = range.lowerBound
    var upper = range.upperBound
    if behind {
      while upper < bytes.count, isBlank(upper) { upper += 1 }
    } else {
      while lower > 0, isBlank(lower - 1) { lower -= 1 }
    }
    return lower..<upper
  }
}
