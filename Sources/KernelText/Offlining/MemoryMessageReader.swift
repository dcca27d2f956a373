/// Messages about memory that is no report of the OOM killer's: what would not go offline, and what
/// could not be pinned.
package enum MemoryMessages: Hashable, Sendable {
  case offlining(OffliningLog)
  case pinning(PinFailureLog)
}

/// Reads such messages out of a log of any length, which comes in pieces.
package struct MemoryMessageReader {
  private static let lineLimit = 1024
  /// `dump_page` shows a page in fewer lines before it says why.
  private static let linesBefore = 12
  /// Lines of page_owner behind it.
  private static let linesAfter = 24

  private var logLines = LogLines(longest: lineLimit)
  private var offlining = OffliningLogParser()
  private var pinning = PinFailureLog()
  /// The lines before this one, in a ring.
  private var before = [[UInt8]](repeating: [], count: linesBefore)
  private var place = 0
  private var linesToRead = 0

  package init() {}

  package mutating func append(_ piece: Span<UInt8>) {
    for index in 0..<piece.count where logLines.add(piece[index]) { take() }
  }

  /// What was said; nil where nothing was.
  package mutating func finish() -> MemoryMessages? {
    if logLines.finish() { take() }
    if !offlining.log.isEmpty { return .offlining(offlining.log) }
    return pinning.isEmpty ? nil : .pinning(pinning)
  }

  private mutating func take() {
    let line = logLines.text
    let sign = Self.sign(line.span)
    switch sign {
    case .dump:
      for step in 0..<Self.linesBefore {
        let index = (place + step) % Self.linesBefore
        guard !before[index].isEmpty else { continue }
        let number = logLines.number - Self.linesBefore + step
        offlining.readDump(Self.text(before[index]), line: number)
        before[index].removeAll(keepingCapacity: true)
      }
      offlining.read(Self.text(line), line: logLines.number)
      linesToRead = Self.linesAfter
    case .offlining: offlining.read(Self.text(line), line: logLines.number)
    case .offlined: offlining.readOfflined(Self.text(line))
    case .pinning: pinning.read(Self.text(line), line: logLines.number)
    case nil:
      if linesToRead > 0 { offlining.read(Self.text(line), line: logLines.number) }
    }
    if linesToRead > 0 { linesToRead -= 1 }
    before[place].removeAll(keepingCapacity: true)
    // What ends a dump is no line in front of the next one.
    if sign != .dump { before[place] += line }
    place = (place + 1) % Self.linesBefore
  }

  /// The line without what loggers put in front of it.
  private static func text(_ line: [UInt8]) -> String {
    String(OOMReportLine(Substring(String(decoding: line, as: UTF8.self))).text)
  }

  private enum Sign {
    case dump
    case offlining
    case offlined
    case pinning
  }

  private static func sign(_ text: Span<UInt8>) -> Sign? {
    for index in text.indices {
      let rest = index..<text.count
      switch text[index] {
      case UInt8(ascii: "p"):
        if text.hasPrefix(rest, "page dumped because: ") { return .dump }
        if text.hasPrefix(rest, "pfn "), index > 0 { return .offlining }
        if text.hasPrefix(rest, "pin_") || text.hasPrefix(rest, "pin pages")
          || text.hasPrefix(rest, "pin memory")
        {
          return .pinning
        }
      case UInt8(ascii: "O"):
        if text.hasPrefix(rest, "Offlined Pages ") { return .offlined }
        if text.hasPrefix(rest, "Offline failed") { return .offlining }
      case UInt8(ascii: "o"):
        if text.hasPrefix(rest, "offlining ") { return .offlining }
      case UInt8(ascii: "h"):
        if text.hasPrefix(rest, "hot-remove") { return .offlining }
      case UInt8(ascii: "r"):
        if text.hasPrefix(rest, "remove failed") { return .offlining }
        if text.hasPrefix(rest, "reg_mr") || text.hasPrefix(rest, "reg_user_mr")
          || text.hasPrefix(rest, "register memory region")
        {
          return .pinning
        }
      case UInt8(ascii: "M"):
        if text.hasPrefix(rest, "MEMLOCK") || text.hasPrefix(rest, "MAP_DMA") { return .pinning }
      case UInt8(ascii: "d"):
        if text.hasPrefix(rest, "dma_map") { return .pinning }
      case UInt8(ascii: "m"):
        if text.hasPrefix(rest, "mlock") || text.hasPrefix(rest, "memlock limit") {
          return .pinning
        }
      case UInt8(ascii: "u"):
        if text.hasPrefix(rest, "umem_get") { return .pinning }
      case UInt8(ascii: "I"):
        if text.hasPrefix(rest, "IOMMU_MAP") { return .pinning }
      default: continue
      }
    }
    return nil
  }
}
