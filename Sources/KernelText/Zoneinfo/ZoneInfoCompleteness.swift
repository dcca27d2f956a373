internal import HostModel

/// Whether zone records are all there, judged by what the text itself says.
///
/// Four witnesses: a record's own last lines; the other records, which one kernel prints with the
/// same lines; `protection`, which has one entry per zone of the kernel and grows exactly where a
/// higher zone owns pages; and the zones without pages, which kernels since 4.12 print too.
struct ZoneInfoCompleteness {
  private let info: ZoneInfo
  private let file: String
  /// Lines of the file.
  private let lines: Int
  private let records: [ZoneRecord]
  /// The first record with pages.
  private let first: ZoneRecord?
  /// 5.8 ended a zone without pages behind its sizes: where one zone does, all do.
  private let isProtectionPrinted: Bool

  private init(_ info: ZoneInfo, file: String, lines: Int) {
    self.info = info
    self.file = file
    self.lines = lines
    records = ZoneRecord.all(of: info)
    first = records.first { $0.isPopulated }
    isProtectionPrinted = records.first { !$0.isPopulated }?.protection != 0
  }

  static func check(_ info: ZoneInfo, file: String, lines: Int) throws(ParseError) {
    try ZoneInfoCompleteness(info, file: file, lines: lines).check()
  }

  private func check() throws(ParseError) {
    var index = 0
    for node in info.nodes.indices {
      let start = index
      while index < records.count, records[index].node == node {
        let record = records[index]
        try checkRecord(record)
        if record.isPopulated, let first { try checkLines(of: record, like: first) }
        index += 1
      }
      try checkZones(of: info.nodes[node], records[start..<index])
    }
    guard let first else {
      throw ParseError(.incomplete("no zone has any page"), file: file, line: lines)
    }
    let zone = zone(first)
    try checkLowestZone(zone)
    if !isProtectionPrinted {
      // Such a record ends with its sizes, and only their number shows that it is whole.
      for record in records where record.pages < first.pages {
        throw truncated(record, missing: zone.pages.name(at: record.pages))
      }
    }
  }

  /// A record ends with `protection`, and with `start_pfn` where the zone has pages.
  private func checkRecord(_ record: ZoneRecord) throws(ParseError) {
    if let size = record.missing { throw truncated(record, missing: size.text) }
    if record.isPopulated || isProtectionPrinted, record.protection == 0 {
      throw truncated(record, missing: "protection")
    }
    if record.isPopulated, !record.hasStart {
      throw truncated(record, missing: ZoneSize.startPFN.text)
    }
    if let spanned = record.spanned, let present = record.present, present > spanned {
      throw incomplete(
        "\(name(record)) has more pages present (\(present)) than it spans (\(spanned))",
        line: record.line
      )
    }
  }

  /// Where the first zone begins at 16 MiB, x86 has a ZONE_DMA below it; older kernels print nothing
  /// else from which its loss would show.
  private func checkLowestZone(_ zone: ZoneSnapshot) throws(ParseError) {
    guard zone.kind == .normal || zone.kind == .dma32, zone.startPFN == .known(4096) else { return }
    throw incomplete(
      "node \(zone.node) begins with zone \(zone.kind.name) at frame 4096, and ZONE_DMA below it is "
        + "not here",
      line: zone.line
    )
  }

  /// All populated zones of a kernel are printed with the same lines, however many cpus there are.
  private func checkLines(of record: ZoneRecord, like other: ZoneRecord) throws(ParseError) {
    if record.pages != other.pages {
      throw unlike("\(record.pages) of \(other.pages) sizes", record, other)
    }
    if record.counters != other.counters {
      throw unlike("\(record.counters) of \(other.counters) counters", record, other)
    }
    if record.trailer != other.trailer {
      throw unlike("\(record.trailer) of \(other.trailer) last lines", record, other)
    }
  }

  private func checkZones(
    of node: NodeZones,
    _ records: ArraySlice<ZoneRecord>
  ) throws(ParseError) {
    guard let lowest = records.first else { return }
    let compiled = (first ?? lowest).protection
    for record in records
    where record.protection != compiled && (record.isPopulated || record.protection > 0) {
      throw incomplete(
        "protection has \(record.protection) entries here and \(compiled) in the first zone",
        line: record.line
      )
    }
    if info.hasUnpopulatedZones {
      guard records.count != compiled else { return }
      throw incomplete(
        "node \(node.node) shows \(records.count) of its kernel's \(compiled) zones",
        line: lowest.line
      )
    }
    // Older kernels print populated zones only. Each step in a zone's protection is a higher zone
    // with pages; fewer zones than steps means that one is missing.
    let populated = node.zones.filter(\.isPopulated)
    for (index, zone) in populated.enumerated() {
      let steps = zip(zone.protection, zone.protection.dropFirst()).count { $0 < $1 }
      guard populated.count - index - 1 < steps else { continue }
      throw incomplete(
        "node \(node.node) \(zone.kind.name) protects itself from \(steps) higher zones, "
          + "and \(populated.count - index - 1) are there",
        line: zone.line
      )
    }
  }

  // MARK: What is wrong

  private func zone(_ record: ZoneRecord) -> ZoneSnapshot {
    info.nodes[record.node].zones[record.zone]
  }

  private func name(_ record: ZoneRecord) -> String {
    let zone = zone(record)
    return "node \(zone.node) zone \(zone.kind.name)"
  }

  /// A record that ends early ends where the next one begins, or at the end of the file.
  private func end(of record: ZoneRecord) -> Int {
    record.line == records.last?.line ? lines : record.line
  }

  private func truncated(_ record: ZoneRecord, missing: String) -> ParseError {
    ParseError(
      .truncated(inside: name(record), missing: missing),
      file: file,
      line: end(of: record)
    )
  }

  private func unlike(
    _ lines: String,
    _ record: ZoneRecord,
    _ other: ZoneRecord
  ) -> ParseError {
    incomplete("\(name(record)) has \(lines) that \(name(other)) has", line: end(of: record))
  }

  private func incomplete(_ why: String, line: Int) -> ParseError {
    ParseError(.incomplete(why), file: file, line: line)
  }
}
