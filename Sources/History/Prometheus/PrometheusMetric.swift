internal import HostModel

/// What node_exporter has under which name.
///
/// Its names are made of the kernel's: `node_memory_SUnreclaim_bytes` is meminfo's SUnreclaim,
/// `node_memory_numa_SUnreclaim` a node's, `node_zoneinfo_nr_free_pages` a zone's.
enum PrometheusMetric: Hashable {
  /// In bytes; of a node where the series has one.
  case meminfo(MeminfoField)
  /// In pages.
  case zone(ZoneField)
  /// In pages, since boot.
  case pinsAcquired
  case pinsReleased
  /// Seconds since 1970.
  case bootTime

  enum ZoneField: String, CaseIterable {
    case free = "nr_free_pages"
    case managed = "managed_pages"
    case present = "present_pages"
    case min = "min_pages"
    case low = "low_pages"
    case activeAnon = "nr_active_anon_pages"
    case inactiveAnon = "nr_inactive_anon_pages"
    case activeFile = "nr_active_file_pages"
    case inactiveFile = "nr_inactive_file_pages"
    case unevictable = "nr_unevictable_pages"
    case slabReclaimable = "nr_slab_reclaimable_pages"
    case protection0 = "protection_0"
    case protection1 = "protection_1"
    case protection2 = "protection_2"
    case protection3 = "protection_3"
    case protection4 = "protection_4"

    /// What a request of the class of ZONE_NORMAL must leave, by its place among the zones.
    static func protection(_ index: Int) -> ZoneField? {
      ZoneField(rawValue: "protection_\(index)")
    }
  }

  static let fields: [MeminfoField] = [
    .memTotal, .memFree, .slabUnreclaimable, .slabReclaimable, .pageTables, .secPageTables,
    .kernelStack, .percpu, .vmallocUsed, .swapFree, .balloon,
  ]

  private static let byName: [String: PrometheusMetric] = {
    var names: [String: PrometheusMetric] = [
      "node_vmstat_nr_foll_pin_acquired": .pinsAcquired,
      "node_vmstat_nr_foll_pin_released": .pinsReleased,
      "node_boot_time_seconds": .bootTime,
    ]
    for field in fields {
      names["node_memory_\(field.text)_bytes"] = .meminfo(field)
      names["node_memory_numa_\(field.text)"] = .meminfo(field)
    }
    for field in ZoneField.allCases { names["node_zoneinfo_\(field.rawValue)"] = .zone(field) }
    return names
  }()

  init?(name: String) {
    guard let metric = Self.byName[name] else { return nil }
    self = metric
  }

  /// A matcher of PromQL for all of them.
  static var selector: String {
    let texts = fields.map(\.text).joined(separator: "|")
    let zones = ZoneField.allCases.map(\.rawValue).joined(separator: "|")
    return "node_memory_(numa_)?(\(texts))(_bytes)?|node_zoneinfo_(\(zones))"
      + "|node_vmstat_nr_foll_pin_(acquired|released)|node_boot_time_seconds"
  }
}
