internal import HostModel

/// Whether zone records are all there, judged by what the text itself says.
///
/// Four witnesses: a record's own last lines; the other records, which one kernel prints with the
/// same lines; `protection`, which has one entry per zone of the kernel and grows exactly where a
/// higher zone owns pages; and the zones without pages, which kernels since 4.12 print too.
enum ZoneInfoCompleteness {
  static func check(
    _ info: ZoneInfo,
    file: String,
    lines: Int
  ) throws(ParseError) {
    let last = info.nodes.last?.zones.last
    // 5.8 ended a zone without pages behind its sizes: where one zone does, all do.
    let empty = info.nodes.lazy.flatMap(\.zones).first { !$0.isPopulated }
    let isProtectionPrinted = empty?.protection.isEmpty != true
    let first = info.nodes.lazy.flatMap(\.zones).first(where: \.isPopulated)
    let everyZone = info.hasUnpopulatedZones
    var populated: ZoneSnapshot?
    for node in info.nodes {
      for zone in node.zones {
        // A record that ends early ends where the next one begins, or at the end of the file.
        let end = zone.line == last?.line ? lines : zone.line
        try checkRecord(
          zone,
          hasProtection: zone.isPopulated || isProtectionPrinted,
          file: file,
          end: end
        )
        guard zone.isPopulated else { continue }
        if let populated { try checkLines(of: zone, like: populated, file: file, end: end) }
        populated = populated ?? zone
      }
      try checkZones(
        of: node,
        everyZone: everyZone,
        compiled: (first ?? node.zones.first)?.protection.count,
        file: file
      )
    }
    guard let populated else {
      throw ParseError(.incomplete("no zone has any page"), file: file, line: lines)
    }
    try checkLowestZone(populated, file: file)
    if !isProtectionPrinted {
      // Such a record ends with its sizes, and only their number shows that it is whole.
      for zone in info.zones where zone.pages.count < populated.pages.count {
        let name = "node \(zone.node) zone \(zone.kind.name)"
        let missing = populated.pages.name(at: zone.pages.count)
        let end = zone.line == last?.line ? lines : zone.line
        throw ParseError(.truncated(inside: name, missing: missing), file: file, line: end)
      }
    }
  }

  /// A record ends with `protection`, and with `start_pfn` where the zone has pages.
  private static func checkRecord(
    _ zone: ZoneSnapshot,
    hasProtection: Bool,
    file: String,
    end: Int
  ) throws(ParseError) {
    let name = "node \(zone.node) zone \(zone.kind.name)"
    for size in [ZoneSize.free, .min, .low, .high, .spanned, .present]
    where !zone.pages.has(size) {
      throw ParseError(.truncated(inside: name, missing: size.text), file: file, line: end)
    }
    if hasProtection, zone.protection.isEmpty {
      throw ParseError(.truncated(inside: name, missing: "protection"), file: file, line: end)
    }
    if zone.isPopulated, !zone.trailer.has(ZoneSize.startPFN) {
      throw ParseError(
        .truncated(inside: name, missing: ZoneSize.startPFN.text),
        file: file,
        line: end
      )
    }
    if let spanned = zone.pages.number(ZoneSize.spanned),
      let present = zone.pages.number(ZoneSize.present), present > spanned
    {
      throw ParseError(
        .incomplete("\(name) has more pages present (\(present)) than it spans (\(spanned))"),
        file: file,
        line: zone.line
      )
    }
  }

  /// Where the first zone begins at 16 MiB, x86 has a ZONE_DMA below it; older kernels print nothing
  /// else from which its loss would show.
  private static func checkLowestZone(_ zone: ZoneSnapshot, file: String) throws(ParseError) {
    guard zone.kind == .normal || zone.kind == .dma32, zone.startPFN == .known(4096) else { return }
    throw ParseError(
      .incomplete(
        "node \(zone.node) begins with zone \(zone.kind.name) at frame 4096, and ZONE_DMA below it is "
          + "not here"
      ),
      file: file,
      line: zone.line
    )
  }

  /// All populated zones of a kernel are printed with the same lines, however many cpus there are.
  private static func checkLines(
    of zone: ZoneSnapshot,
    like other: ZoneSnapshot,
    file: String,
    end: Int
  ) throws(ParseError) {
    let parts: [(String, Int, Int)] = [
      ("sizes", zone.pages.count, other.pages.count),
      ("counters", zone.counterTable.count, other.counterTable.count),
      ("last lines", zone.trailer.count, other.trailer.count),
    ]
    for (name, count, expected) in parts where count != expected {
      throw ParseError(
        .incomplete(
          "node \(zone.node) zone \(zone.kind.name) has \(count) of \(expected) \(name) that "
            + "node \(other.node) zone \(other.kind.name) has"
        ),
        file: file,
        line: end
      )
    }
  }

  private static func checkZones(
    of node: NodeZones,
    everyZone: Bool,
    compiled: Int?,
    file: String
  ) throws(ParseError) {
    guard let first = node.zones.first, let compiled else { return }
    for zone in node.zones
    where zone.protection.count != compiled && (zone.isPopulated || !zone.protection.isEmpty) {
      throw ParseError(
        .incomplete(
          "protection has \(zone.protection.count) entries here and \(compiled) in the first zone"
        ),
        file: file,
        line: zone.line
      )
    }
    if everyZone {
      guard node.zones.count != compiled else { return }
      throw ParseError(
        .incomplete(
          "node \(node.node) shows \(node.zones.count) of its kernel's \(compiled) zones"
        ),
        file: file,
        line: first.line
      )
    }
    // Older kernels print populated zones only. Each step in a zone's protection is a higher zone
    // with pages; fewer zones than steps means that one is missing.
    let populated = node.zones.filter(\.isPopulated)
    for (index, zone) in populated.enumerated() {
      let steps = zip(zone.protection, zone.protection.dropFirst()).count { $0 < $1 }
      guard populated.count - index - 1 < steps else { continue }
      throw ParseError(
        .incomplete(
          "node \(node.node) \(zone.kind.name) protects itself from \(steps) higher zones, "
            + "and \(populated.count - index - 1) are there"
        ),
        file: file,
        line: zone.line
      )
    }
  }
}
