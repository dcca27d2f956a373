package import HostModel

extension ZoneInfoText {
  /// The text that parses back to this value, in the form of the kernel that it came from.
  package static func render(_ info: ZoneInfo) -> String {
    var text = ""
    for node in info.nodes {
      var counters = node.counterTable
      for zone in node.zones {
        append(
          zone,
          nodeCounters: zone.isPopulated ? counters : CounterTable(),
          protectionFirst: info.hasUnpopulatedZones,
          to: &text
        )
        // They stand under the node's first populated zone.
        if zone.isPopulated { counters = CounterTable() }
      }
    }
    return text
  }

  private static func append(
    _ zone: ZoneSnapshot,
    nodeCounters: CounterTable,
    protectionFirst: Bool,
    to text: inout String
  ) {
    text += "Node \(zone.node), zone \(zone.kind.name.padded(to: 8))\n"
    if !nodeCounters.isEmpty {
      text += "  per-node stats\n"
      append(nodeCounters, to: &text)
    }
    for index in zone.pages.entries.indices {
      let name = zone.pages.name(at: index)
      text += index == 0 ? "  pages \(name.filled(to: 8)) " : "        \(name.filled(to: 8)) "
      text += zone.pages.word(at: index) + "\n"
    }
    let reserves = zone.protection.map { String($0) }.joined(separator: ", ")
    if !protectionFirst { append(zone.counterTable, to: &text) }
    text += "        protection: (\(reserves))\n"
    if protectionFirst { append(zone.counterTable, to: &text) }
    if !zone.pagesets.isEmpty || !zone.trailer.isEmpty { text += "  pagesets\n" }
    for pageset in zone.pagesets { append(pageset, to: &text) }
    append(zone.pagesetExtras, to: &text)
    for index in zone.trailer.entries.indices {
      text += "  " + (zone.trailer.name(at: index) + ":").filled(to: 20) + " "
      text += zone.trailer.word(at: index) + "\n"
    }
  }

  private static func append(_ table: CounterTable, to text: inout String) {
    for index in table.entries.indices {
      text += "      " + table.name(at: index).filled(to: 12) + " " + table.word(at: index) + "\n"
    }
  }

  private static func append(_ pageset: PagesetSnapshot, to text: inout String) {
    text += "    cpu: \(pageset.cpu)\n"
    append("count", "\(pageset.count)", to: &text)
    append("high", "\(pageset.high)", to: &text)
    append("batch", "\(pageset.batch)", to: &text)
    if let least = pageset.highMin { append("high_min", "\(least)", to: &text) }
    if let most = pageset.highMax { append("high_max", "\(most)", to: &text) }
    if let threshold = pageset.statThreshold { text += "  vm stats threshold: \(threshold)\n" }
  }

  private static func append(_ name: String, _ number: String, to text: inout String) {
    text += "              " + (name + ":").filled(to: 9) + " " + number + "\n"
  }
}
