internal import HostModel

/// Puts together what a log says of memory that would not go offline, line by line.
struct OffliningLogParser {
  private(set) var log = OffliningLog()
  /// A page whose lines are being read; it counts once the kernel says why it shows it.
  private var page: DumpedPage?
  /// Whether the lines of page_owner behind a page are being read.
  private var readsOwner = false

  /// What is kept of a log that repeats itself.
  private static let most = 256

  /// A line that stands in front of the one that says why a page is shown.
  mutating func readDump(_ text: String, line: Int) {
    _ = readPage(text, OOMReportFields(text), line)
  }

  mutating func read(_ text: String, line: Int) {
    let fields = OOMReportFields(text)
    if readPage(text, fields, line) { return }
    if readOwner(text) { return }
    guard log.failures.count < Self.most, let kind = Self.failure(text, fields) else { return }
    log.failures.append(OffliningLog.Failure(line: line, kind: kind))
  }

  // MARK: A page

  private mutating func readPage(_ text: String, _ fields: OOMReportFields, _ line: Int) -> Bool {
    if text.hasPrefix("page:"), text.contains("refcount:") || text.contains("count:") {
      var page = DumpedPage(line: line)
      page.frame = fields.hexadecimal(after: "pfn:")
      page.references = fields.number(after: "refcount:") ?? fields.number(after: "count:")
      page.mapped = fields.number(after: "mapcount:")
      self.page = page
    } else if text.hasPrefix("head:"), text.contains("order:") {
      page?.order = fields.number(after: "order:").flatMap { UInt8(exactly: $0) }
      page?.pins = fields.number(after: "pincount:")
    } else if let start = text.firstRange(of: "flags: 0x"), page != nil {
      readFlags(text, type: text[..<start.lowerBound])
    } else if text.hasPrefix("page_type:") {
      page?.pageType = fields.parenthesized
    } else if text.hasPrefix("aops:") {
      page?.file = text
    } else if let mark = text.firstRange(of: "page dumped because: ") {
      take(reason: String(text[mark.upperBound...]), line)
    } else {
      return text.hasPrefix("raw: ") || text.hasPrefix("head: ")
    }
    return true
  }

  private mutating func readFlags(_ text: String, type: Substring) {
    let type = type.split(separator: " ").joined(separator: " ")
    page?.type = type == "page" ? "" : type
    page?.isCMA = text.hasSuffix(" CMA")
    guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") else {
      return
    }
    for flag in text[text.index(after: open)..<close].split(separator: "|") {
      let parts = flag.split(separator: "=")
      switch parts.first {
      case "node": page?.node = parts.last.flatMap { UInt32($0) }
      case "zone": page?.zone = parts.last.flatMap { UInt8($0) }
      default: if parts.count == 1 { page?.flags.append(String(flag)) }
      }
    }
  }

  private mutating func take(reason: String, _ line: Int) {
    // Other checks of the kernel dump pages, too.
    let isOfOfflining = ["unmovable page", "migration failure", "isolation failed"]
      .contains { reason.hasPrefix($0) }
    if isOfOfflining, log.pages.count < Self.most {
      var page = page ?? DumpedPage(line: line)
      page.reason = reason
      log.pages.append(page)
    }
    page = nil
    readsOwner = isOfOfflining
  }

  /// `page_owner tracks the page as allocated` and the stack behind it.
  private mutating func readOwner(_ text: String) -> Bool {
    guard readsOwner, let last = log.pages.indices.last else { return false }
    if text.hasPrefix("page_owner ") || text.hasPrefix("page last ")
      || text.hasPrefix("page->mem_cgroup")
    {
      readsOwner = !text.hasPrefix("page last free")
      return true
    }
    guard let frame = OOMReportFields(text).frame else {
      readsOwner = false
      return false
    }
    if log.pages[last].owner.count < 12 { log.pages[last].owner.append(frame.function) }
    return true
  }

  // MARK: Failures

  private static func failure(
    _ text: String,
    _ fields: OOMReportFields
  ) -> OffliningLog.Failure.Kind? {
    if text.contains("Offline failed"), let name = text.firstRange(of: "memory memory") {
      let digits = text[name.upperBound...].prefix { $0.isASCII && $0.isNumber }
      return UInt64(digits).map { .block($0) }
    }
    if text.contains("migrating pfn "), text.contains(" failed") {
      let frame = fields.word(after: "migrating pfn ").flatMap { UInt64($0, radix: 16) }
      return frame.map { .migration(frame: $0, result: fields.number(after: "ret:") ?? 0) }
    }
    if text.contains("failed to isolate pfn ") {
      let frame = fields.word(after: "isolate pfn ").flatMap { UInt64($0, radix: 16) }
      return frame.map { .isolation(frame: $0) }
    }
    if text.contains("emory offlining [mem "), text.contains("failed") {
      return range(text)
    }
    if text.contains("Boot memory ["), text.contains("offlining attempted") {
      let bytes = text.split { "[] ".contains($0) }.compactMap { UInt64($0, radix: 16) }
      return bytes.count == 2 ? .bootMemory(firstByte: bytes[0], endByte: bytes[1]) : nil
    }
    let isHotRemove =
      text.contains("hot-remove") && text.contains("ail")
      || text.contains("emory") && text.contains("remove failed")
    return isHotRemove ? .hotRemove(text) : nil
  }

  private static func range(_ text: String) -> OffliningLog.Failure.Kind? {
    guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
      return nil
    }
    let bytes = text[open..<close].split { " -".contains($0) }
      .compactMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : nil }
    guard bytes.count == 2 else { return nil }
    let reason = text.firstRange(of: "due to ").map { String(text[$0.upperBound...]) } ?? ""
    return .range(firstByte: bytes[0], lastByte: bytes[1], reason: reason)
  }

  mutating func readOfflined(_ text: String) {
    guard let count = OOMReportFields(text).number(after: "Offlined Pages "), count > 0,
      log.offlined.count < Self.most
    else { return }
    log.offlined.append(PageCount(UInt64(count)))
  }
}
