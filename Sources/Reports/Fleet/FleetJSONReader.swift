internal import Advice
package import Capacity
internal import HostModel
package import SourceText

/// Reads what `FleetJSON` wrote.
package enum FleetJSONReader {
  /// - Throws: What is no partial result of this version, with line and column.
  package static func read(_ bytes: [UInt8], file: String) throws(LocatedError) -> FleetSummary {
    var reader = JSONReader(bytes, file: file)
    var summary = FleetSummary(worst: 0)
    var isFleet = false
    var version: UInt64?
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "schemaVersion":
        version = try reader.number()
        guard version == 1 else {
          throw reader.error("schemaVersion is not 1: a later zonewise wrote this")
        }
      case "command":
        isFleet = try reader.string() == "fleet"
        guard isFleet else { throw reader.error("this is the answer of another command") }
      case "hosts": summary.hosts = try reader.number()
      case "failed": summary.failed = try reader.number()
      case "verdicts":
        try reader.object { reader, name throws(LocatedError) in
          guard let verdict = Verdict(rawValue: name) else { throw reader.error("not a verdict") }
          let count: UInt64 = try reader.number()
          if count > 0 { summary.verdicts[verdict] = count }
        }
      case "sums":
        try reader.object { reader, name throws(LocatedError) in
          guard let sum = FleetSummary.Sum(rawValue: name) else {
            throw reader.error("not a sum that this version knows")
          }
          summary.sums[sum] = try reader.number()
        }
      case "ratioThousandths": summary.ratios = try histogram(&reader)
      case "kernelHeadroomBytes": summary.headrooms = try histogram(&reader)
      case "worstLimit": summary.worstLimit = Int(try reader.number(UInt32.self))
      case "worst":
        try reader.array { reader throws(LocatedError) in
          summary.worst.append(try host(&reader))
        }
      case "failures":
        try reader.array { reader throws(LocatedError) in
          summary.failures.append(try failure(&reader))
        }
      default:
        guard let group = FleetSummary.Group(rawValue: name) else { return try reader.skip() }
        summary.groups[group] = try names(&reader)
      }
    }
    try reader.end()
    guard isFleet, version != nil else {
      throw reader.error("no partial result: zonewise fleet --partial FILE writes one")
    }
    summary.trim()
    return summary
  }

  private static func histogram(
    _ reader: inout JSONReader
  ) throws(LocatedError) -> FleetHistogram {
    var histogram = FleetHistogram()
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "unknown": histogram.add(nil, hosts: try reader.number())
      case "buckets":
        try reader.array { reader throws(LocatedError) in
          var (least, hosts): (UInt64, UInt64) = (0, 0)
          try reader.object { reader, name throws(LocatedError) in
            switch name {
            case "least": least = try reader.number()
            case "hosts": hosts = try reader.number()
            default: try reader.skip()
            }
          }
          guard FleetHistogram.bucket(of: least) == least else {
            throw reader.error("no bucket begins at \(least)")
          }
          histogram.add(least, hosts: hosts)
        }
      default: try reader.skip()
      }
    }
    return histogram
  }

  private static func names(
    _ reader: inout JSONReader
  ) throws(LocatedError) -> [String: UInt64] {
    var names: [String: UInt64] = [:]
    try reader.array { reader throws(LocatedError) in
      var (own, hosts): (String, UInt64) = ("", 0)
      try reader.object { reader, name throws(LocatedError) in
        switch name {
        case "name": own = try reader.string()
        case "hosts": hosts = try reader.number()
        default: try reader.skip()
        }
      }
      names[own] = (names[own] ?? 0).saturatingSum(hosts)
    }
    return names
  }

  private static func failure(
    _ reader: inout JSONReader
  ) throws(LocatedError) -> FleetSummary.Failure {
    var failure = FleetSummary.Failure(source: "", reason: "")
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "source": failure.source = try reader.string()
      case "failure": failure.reason = try reader.string()
      default: try reader.skip()
      }
    }
    return failure
  }

  private static func host(_ reader: inout JSONReader) throws(LocatedError) -> FleetHost {
    var host = FleetHost(source: "", name: "", verdict: .unknown)
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "source": host.source = try reader.string()
      case "name": host.name = try reader.string()
      case "verdict":
        guard let verdict = Verdict(rawValue: try reader.string()) else {
          throw reader.error("not a verdict")
        }
        host.verdict = verdict
      case "kernelBytes": host.kernel = ByteCount(try reader.number())
      case "movableBytes": host.movable = ByteCount(try reader.number())
      case "kernelHeadroomBytes":
        host.headroom = reader.null() ? nil : ByteCount(try reader.number())
      case "maxSafeMovableBytes":
        host.maxSafeMovable = reader.null() ? nil : ByteCount(try reader.number())
      case "arguments": host.arguments = try reader.string()
      case "rules":
        try reader.array { reader throws(LocatedError) in host.rules.append(try reader.string()) }
      default: try reader.skip()
      }
    }
    return host
  }
}
