internal import Foundation

/// What node_exporter says of a host with two nodes over time: node 1 has 8 GiB of kernel zones, in which
/// slab grows by a known amount a day, beside a working day that comes and goes.
struct NodeExporterHistory {
  static let end = 1_796_000_000
  /// Bytes a day.
  static let growth = 60.0e6

  struct Series {
    var name: String
    var labels: [(String, String)]
    var samples: [(time: Int, value: Double)]
  }

  private(set) var series: [Series] = []

  /// - Parameters:
  ///   - days: How long.
  ///   - step: Seconds between samples.
  ///   - instance: The host's name.
  ///   - zoneinfo: Whether that collector is on.
  ///   - growth: Bytes a day by which the slab of node 1 grows.
  init(
    days: Int = 30,
    step: Int = 3600,
    instance: String = "web-1:9100",
    zoneinfo: Bool = true,
    growth: Double = Self.growth
  ) {
    let count = days * 86_400 / step
    let times = (0..<count).map { Self.end - (count - 1 - $0) * step }
    var add: [Series] = []
    func series(_ name: String, _ labels: [(String, String)] = [], _ value: (Int) -> Double) {
      let samples = times.enumerated().map { (time: $1, value: value($0)) }
      add.append(Series(name: name, labels: [("instance", instance)] + labels, samples: samples))
    }
    let page = 4096.0
    let (kernel, movable) = (Double(8 << 30) / page, Double(24 << 30) / page)
    let (anon, file, reclaimable) = (20 * 262_144.0, 400_000.0, 122_000.0)
    for node in 0..<2 {
      let label = [("node", String(node))]
      func slab(_ index: Int) -> Double {
        let day = Double(index * step) / 86_400
        let grown = node == 1 ? growth * day : 0
        let cycle = 8e6 * sin(2 * .pi * Double(times[index] % 86_400) / 86_400)
        // Numbers that look like chance and are the same on every run.
        let noise =
          2e6
          * (sin(Double(index) * 12.9898 + Double(node)) * 43_758.5453)
          .truncatingRemainder(dividingBy: 1)
        return ((300e6 + grown + cycle + noise) / page).rounded(.down) * page
      }
      series("node_memory_numa_SUnreclaim", label, slab)
      series("node_memory_numa_SReclaimable", label) { _ in reclaimable * page }
      series("node_memory_numa_PageTables", label) { _ in 80e6 }
      series("node_memory_numa_MemTotal", label) { _ in Double(32 << 30) }
      guard zoneinfo else { continue }
      let normal = label + [("zone", "Normal")]
      let far = label + [("zone", "Movable")]
      series("node_zoneinfo_managed_pages", normal) { _ in kernel }
      series("node_zoneinfo_present_pages", normal) { _ in kernel }
      series("node_zoneinfo_min_pages", normal) { _ in 4000 }
      series("node_zoneinfo_low_pages", normal) { _ in 6000 }
      series("node_zoneinfo_nr_active_anon_pages", normal) { _ in anon }
      series("node_zoneinfo_nr_inactive_anon_pages", normal) { _ in 0 }
      series("node_zoneinfo_nr_active_file_pages", normal) { _ in file / 2 }
      series("node_zoneinfo_nr_inactive_file_pages", normal) { _ in file / 2 }
      series("node_zoneinfo_nr_unevictable_pages", normal) { _ in 0 }
      series("node_zoneinfo_nr_slab_reclaimable_pages", normal) { _ in reclaimable }
      series("node_zoneinfo_nr_free_pages", normal) { index in
        kernel - slab(index) / page - reclaimable - 80e6 / page - 200_000
      }
      series("node_zoneinfo_managed_pages", far) { _ in movable }
      series("node_zoneinfo_present_pages", far) { _ in movable }
      series("node_zoneinfo_nr_free_pages", far) { _ in movable - anon - 200_000 }
    }
    series("node_memory_MemTotal_bytes") { _ in Double(64 << 30) }
    series("node_memory_SwapFree_bytes") { _ in 0 }
    series("node_boot_time_seconds") { _ in Double(Self.end - 90 * 86_400) }
    self.series = add
  }

  mutating func add(_ other: NodeExporterHistory) { series += other.series }

  /// As /api/v1/query_range answers.
  var json: String {
    let results = series.map { series in
      let labels = ([("__name__", series.name)] + series.labels).map { "\"\($0.0)\":\"\($0.1)\"" }
      let values = series.samples.map { "[\($0.time),\"\($0.value)\"]" }
      return "{\"metric\":{\(labels.joined(separator: ","))},"
        + "\"values\":[\(values.joined(separator: ","))]}"
    }
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
      + results.joined(separator: ",") + "]}}"
  }

  /// As promtool reads it to fill a database.
  var openMetrics: String {
    var text = ""
    for (name, all) in Dictionary(grouping: series, by: \.name).sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(name) gauge\n"
      for series in all {
        let labels = series.labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        for sample in series.samples {
          text += "\(name){\(labels)} \(sample.value) \(sample.time)\n"
        }
      }
    }
    return text + "# EOF\n"
  }
}
