package import HostModel
internal import SourceText

/// Reads and prints /proc/zoneinfo as every kernel since 2.6.14 prints it (mm/vmstat.c,
/// `zoneinfo_show_print`; mm/page_alloc.c before 2.6.18).
///
/// Lines are told apart by their words, never by columns, so that a dump that lost its indentation
/// still reads the same. Keys that are not known are kept where they stand.
package enum ZoneInfoText {
  /// Zone records, complete and consistent, or the first reason why they are not.
  ///
  /// A text that lost its top, its end or a zone in the middle is refused: sums over what is left
  /// would look like a ratio.
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> ZoneInfo {
    guard text.count > 0 else { throw ParseError(.empty, file: file, line: 1) }
    var parser = ZoneInfoParser(file: file)
    try parser.run(over: text)
    var info = ZoneInfo(nodes: parser.nodes)
    info.hasUnpopulatedZones = parser.hasUnpopulatedZones
    info.letPresentStandIn()
    try ZoneInfoCompleteness.check(info, file: file, lines: parser.scanner.line)
    return info
  }

  /// The zones that a text holds which `parse` refuses, each as far as it is sound; nil where no zone
  /// of it has a size.
  ///
  /// Nothing of it adds up to a host: which zones are missing is not known.
  package static func parts(
    of text: Span<UInt8>,
    refusedFor why: ParseError
  ) -> ZoneInfoParts? {
    // The last number of a text without a newline at its end may have lost digits.
    var end = text.count
    if end > 0, text[end - 1] != UInt8(ascii: ")") {
      while end > 0, text[end - 1] != .newline { end -= 1 }
    }
    var parser = ZoneInfoParser(file: why.place.file)
    parser.salvage(from: text.extracting(0..<end))
    return ZoneInfoParts(parser.nodes, why: why)
  }
}

extension ZoneInfo {
  /// Marks the zones of a kernel that prints no `managed`.
  fileprivate mutating func letPresentStandIn() {
    for node in nodes.indices {
      for zone in nodes[node].zones.indices
      where nodes[node].zones[zone].pages.has(ZoneSize.managed) {
        return
      }
    }
    for node in nodes.indices {
      for zone in nodes[node].zones.indices { nodes[node].zones[zone].presentIsManaged = true }
    }
  }
}
