internal import HostModel
internal import Profiles
package import SourceText

/// Reads what `pmrep -o csv -Z UTC` prints of an archive of Performance Co-Pilot: a line of names, then
/// a line for each moment. Sizes are in KiB, as its Linux agent counts them.
package struct PCPReader {
  /// What a column is taken for; nil in a list for one that is not read.
  private enum Column {
    case uptime
    case series(Key)
  }

  private struct Key: Hashable {
    var metric: String
    var node: NodeID?
    var zone: ZoneKind?
    /// The element of an array: of `protection`, the class.
    var element: Int?
  }

  private var series: [Key: SampleSeries] = [:]
  private var boots: [Int64] = []
  private var lastBoot: Int64?
  private var isThere = false

  /// Metrics to ask pmrep for.
  package static let metrics =
    "mem.util mem.numa.util mem.zoneinfo mem.physmem kernel.all.uptime"

  package init() {}

  /// Takes in an output.
  package mutating func read(_ bytes: [UInt8], file: String) throws(LocatedError) {
    var columns: [Column?] = []
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard !line.isEmpty else { continue }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw LocatedError("a line that is not UTF-8", file: file, line: number)
      }
      let cells = Self.cells(text)
      if cells.first ?? "" == "Time" {
        columns = cells.dropFirst().map { Self.column($0) }
        isThere = true
        continue
      }
      guard !columns.isEmpty else {
        throw LocatedError(
          "no line of names in front of the first values",
          remedy: "print it with pmrep -o csv -Z UTC",
          at: SourceLocation(file: file, line: number, column: 1)
        )
      }
      guard cells.count == columns.count + 1 else {
        throw LocatedError(
          "\(cells.count) cells in a line, and \(columns.count + 1) names",
          file: file,
          line: number
        )
      }
      guard let time = CivilTime(text: cells[0]) else {
        throw LocatedError(
          "\(String(cells[0]).printable) is no date and time",
          remedy: "print it with pmrep -o csv -Z UTC, and no -f",
          at: SourceLocation(file: file, line: number, column: 1)
        )
      }
      for (column, cell) in zip(columns, cells.dropFirst()) {
        // What was not logged at that moment is an empty cell.
        guard let value = Double(cell), value >= 0, value < 1e15 else { continue }
        take(column, time.seconds, value)
      }
    }
    guard isThere else {
      throw LocatedError("this is no output of pmrep -o csv: no line begins with Time", file: file)
    }
  }

  package var isEmpty: Bool { series.isEmpty }

  private mutating func take(_ column: Column?, _ time: Int64, _ value: Double) {
    switch column {
    case nil: break
    case .uptime:
      let boot = time - Int64(value)
      // The clock and the uptime are read one after the other.
      if let lastBoot, boot > lastBoot + 60 { boots.append(boot) }
      lastBoot = max(lastBoot ?? boot, boot)
    case .series(let key):
      // Zones are summed up in pages; any size of them gives the same sums.
      let kibibytes = UInt64(value)
      let isZone = key.metric.hasPrefix("mem.zoneinfo.")
      series[key, default: SampleSeries()].append(
        time,
        ByteCount(isZone ? kibibytes / (PageSize.kib4.bytes.count >> 10) : kibibytes << 10)
      )
    }
  }

  // MARK: Names

  private static let terms: [(String, HistoryQuantity)] = [
    ("slabUnreclaimable", .term(.slabUnreclaimable)), ("slabReclaimable", .term(.slabReclaimable)),
    ("pageTables", .term(.pageTables)), ("kernelStack", .term(.kernelStacks)),
    ("vmallocUsed", .term(.vmalloc)),
  ]

  private static let zoneFields = [
    "free", "managed", "present", "min", "low", "protection", "nr_zone_active_file",
    "nr_zone_inactive_file", "nr_zone_active_anon", "nr_zone_inactive_anon", "nr_zone_unevictable",
    "nr_slab_reclaimable", "nr_foll_pin_acquired", "nr_foll_pin_released",
  ]

  private static let wanted = Set(
    terms.flatMap { ["mem.util.\($0.0)", "mem.numa.util.\($0.0)"] }
      + zoneFields.map { "mem.zoneinfo.\($0)" }
      + ["mem.numa.util.total", "mem.physmem", "mem.util.swapFree"]
  )

  /// `"mem.zoneinfo.free-Normal::node0"`
  private static func column(_ cell: Substring) -> Column? {
    let dash = cell.firstIndex(of: "-")
    let metric = String(cell[..<(dash ?? cell.endIndex)])
    if metric == "kernel.all.uptime" { return .uptime }
    guard wanted.contains(metric) else { return nil }
    guard let dash else { return .series(Key(metric: metric)) }
    let parts = cell[cell.index(after: dash)...].split(separator: ":")
    func node(_ text: Substring) -> NodeID? {
      guard text.hasPrefix("node") else { return nil }
      return UInt32(text.dropFirst(4)).map { NodeID($0) }
    }
    if parts.count == 1 {
      // What the kernel counts by node, beside what it counts by zone.
      return node(parts[0]).map { .series(Key(metric: metric, node: $0)) }
    }
    guard parts.count > 1, let node = node(parts[1]) else { return nil }
    var key = Key(metric: metric, node: node, zone: ZoneKind(name: String(parts[0])))
    if parts.count > 2 { key.element = Int(parts[2].drop { !$0.isNumber }) }
    return .series(key)
  }

  private static func cells(_ line: String) -> [Substring] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
      var cell = cell
      if cell.last == "\r" { cell = cell.dropLast() }
      if cell.hasPrefix("\""), cell.hasSuffix("\""), cell.count > 1 {
        cell = cell.dropFirst().dropLast()
      }
      return cell
    }
  }

  // MARK: What it comes to

  package func histories() -> [HostHistory] {
    guard !isEmpty else { return [] }
    var history = HostHistory(host: "this archive's host")
    for boot in boots { history.booted(at: boot) }
    let nodes = Set(series.keys.compactMap(\.node)).sorted()
    for (name, quantity) in Self.terms {
      // PCP 6.0 prints zeros for what a newer kernel calls otherwise in a node's meminfo.
      let told = nodes.filter {
        series[Key(metric: "mem.numa.util.\(name)", node: $0)]?.values.contains { $0 > 0 } ?? false
      }
      for node in told {
        history[HistoryKey(quantity, node: node)] =
          series[Key(metric: "mem.numa.util.\(name)", node: node)]
      }
      if told.isEmpty { history[HistoryKey(quantity)] = series[Key(metric: "mem.util.\(name)")] }
    }
    history[HistoryKey(.memoryTotal)] = series[Key(metric: "mem.physmem")]
    var headroom: [SampleSeries] = []
    for node in nodes {
      history[HistoryKey(.memoryTotal, node: node)] =
        series[Key(metric: "mem.numa.util.total", node: node)]
      headroom.append(zones(of: node, nodes.count, &history))
    }
    history.addSums(of: headroom, as: .headroom)
    gaps(&history)
    return [history]
  }

  private func zones(
    of node: NodeID,
    _ nodes: Int,
    _ history: inout HostHistory
  ) -> SampleSeries {
    let kinds = NodeZoneSeries.inOrder(series.keys.filter { $0.node == node }.compactMap(\.zone))
    func field(_ name: String, _ zone: ZoneKind, _ element: Int? = nil) -> SampleSeries? {
      series[Key(metric: "mem.zoneinfo.\(name)", node: node, zone: zone, element: element)]
    }
    func counters(_ names: [String]) -> [SampleSeries] {
      kinds.filter(\.servesKernel).flatMap { kind in names.compactMap { field($0, kind) } }
    }
    // Here user pages are told by zone: what is in the kernel zones is known.
    let walk = NodeZoneSeries(
      of: kinds,
      counters: NodeZoneSeries.Counters(
        file: counters(["nr_zone_active_file", "nr_zone_inactive_file"]),
        anon: counters(["nr_zone_active_anon", "nr_zone_inactive_anon"]),
        unevictable: counters(["nr_zone_unevictable"]),
        // What the kernel counts by node stands under the node's own name.
        slab: [series[Key(metric: "mem.zoneinfo.nr_slab_reclaimable", node: node)]].compactMap {
          $0
        }
      ),
      isByZone: true,
      swapFree: series[Key(metric: "mem.util.swapFree")],
      nodes: nodes,
      pageSize: .kib4
    ) { kind, normalClass in
      NodeZoneSeries.Zone(
        free: field("free", kind),
        managed: field("managed", kind),
        present: field("present", kind),
        min: field("min", kind),
        protection: normalClass.flatMap { field("protection", kind, $0) }
      )
    }
    return history.add(walk, of: node)
  }

  private func gaps(_ history: inout HostHistory) {
    if history[.headroom] == nil {
      history.gaps.append(
        HistoryGap(
          missing: "mem.zoneinfo",
          cost: "headroom is not told, and neither is when it runs out",
          remedy: "have pmlogger log it, and print it with pmrep -o csv -Z UTC \(Self.metrics)"
        )
      )
    }
    if !history.keys.contains(where: { $0.quantity.isKernelMemory }) {
      history.gaps.append(
        HistoryGap(
          missing: "mem.util and mem.numa.util",
          cost: "no term of the kernel's memory is told",
          remedy: "print them with pmrep -o csv -Z UTC \(Self.metrics)"
        )
      )
    }
  }
}
