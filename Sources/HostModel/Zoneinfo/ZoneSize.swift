/// A watermark or size in a zone's record of /proc/zoneinfo, in pages; `startPFN` is a frame.
package enum ZoneSize: UInt8, CounterName {
  case free
  case min
  case low
  case high
  case spanned
  case present
  case managed
  case cma
  case startPFN

  package var text: String {
    switch self {
    case .free: "free"
    case .min: "min"
    case .low: "low"
    case .high: "high"
    case .spanned: "spanned"
    case .present: "present"
    case .managed: "managed"
    case .cma: "cma"
    case .startPFN: "start_pfn"
    }
  }
}
