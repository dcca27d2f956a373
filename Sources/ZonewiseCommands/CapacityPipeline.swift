internal import Capacity
internal import FleetCheck
internal import Glibc
internal import Reports

/// Judges the hosts of many sources on all cores, and hands their rows on in the order of the input.
struct CapacityPipeline {
  let rows: CapacityRows
  /// Formats whose bytes are made together with a row.
  let formats: [CapacityFormat]

  private typealias Row = (row: HostRow, bytes: [CapacityFormat: [UInt8]])

  func run(
    _ sources: [String],
    _ take: (HostRow, [CapacityFormat: [UInt8]]) throws -> Void
  ) throws {
    let (rows, formats) = (rows, formats)
    var work = OrderedWork(width: Processors.count) { (work: CapacityRows.Work) -> [Row] in
      rows.rows(of: work).map { row in
        var bytes: [CapacityFormat: [UInt8]] = [:]
        for format in formats { bytes[format] = CapacitySink.bytes(row, format) }
        return (row, bytes)
      }
    }
    func handOn(_ judged: [Row]) throws {
      for (row, bytes) in judged { try take(row, bytes) }
    }
    for source in sources.isEmpty ? [""] : sources {
      try rows.split(source) { try work.begin($0, take: handOn) }
    }
    try work.finish(take: handOn)
  }
}

enum Processors {
  static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
