/// The words with which the kernel begins a report, by kind.
enum OOMReportBeginning {
  /// The kind of report that a line begins.
  static func kind(of text: Span<UInt8>, _ range: Range<Int>) -> OOMReport.Kind? {
    for index in range {
      let rest = index..<range.upperBound
      switch text[index] {
      case UInt8(ascii: "i"):
        if text.hasPrefix(rest, "invoked oom-killer") { return .oomKiller }
      case UInt8(ascii: "p"):
        if text.hasPrefix(rest, "page allocation stalls") { return .allocationStall }
        // Behind the process's name, and in front of the order: else someone writes about it.
        if text.hasPrefix(rest, "page allocation failure"),
          index >= range.lowerBound + 2, text[index - 2] == UInt8(ascii: ":"),
          ends(text, index + "page allocation failure".utf8.count, range.upperBound)
        {
          return .allocationFailure
        }
      case UInt8(ascii: "v"):
        if text.hasPrefix(rest, "vmemmap alloc failure") { return .pageDescriptors }
        if text.hasPrefix(rest, "vmalloc: allocation failure") { return .vmallocPages }
        guard text.hasPrefix(rest, "vmalloc error: ") else { continue }
        return text.contains(rest, "failed to ") ? .vmallocPages : .addressSpace
      case UInt8(ascii: "A"):
        if text.hasPrefix(rest, "Allocation of length "), text.contains(rest, " from process ") {
          return .withoutMMU
        }
      case UInt8(ascii: "S"):
        if text.hasPrefix(rest, "Show Memory") { return .shown }
      default: continue
      }
    }
    return nil
  }

  /// `failure: order:0` or, before 3.2, `failure. order:0`; or a line that was broken there.
  private static func ends(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
    guard index < end else { return true }
    return text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: ".")
  }

  /// Whether it is a line of the tables: `Mem-Info:`, a zone's, or the end of the killer's report.
  static func isTable(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      let rest = index..<range.upperBound
      switch text[index] {
      case UInt8(ascii: "M"):
        if text.hasPrefix(rest, "Mem-Info:") || text.hasPrefix(rest, "Mem-info:") { return true }
      case UInt8(ascii: " "):
        if text.hasPrefix(rest, " free:"),
          text.contains(rest, "kB min:") || text.contains(rest, "kB boost:")
        {
          return true
        }
      case UInt8(ascii: "o"):
        if text.hasPrefix(rest, "oom-kill:constraint=") { return true }
      default: continue
      }
    }
    return false
  }
}

extension Span<UInt8> {
  /// Whether the words stand anywhere in that part of the text.
  fileprivate func contains(_ range: Range<Int>, _ words: StaticString) -> Bool {
    range.contains { hasPrefix($0..<range.upperBound, words) }
  }
}
