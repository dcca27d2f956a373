internal import HostModel
internal import Profiles
package import SourceText

/// Reads what `sadf -j FILE -- -r ALL` writes: sysstat's memory record over time, as JSON.
package struct SysstatReader {
  private var hosts: [String: HostHistory] = [:]
  private var order: [String] = []
  private var hasTerms = false

  package init() {}

  /// The names that sadf gives to what the kernel zones pay for; KiB, each.
  private static let fields: [String: HistoryQuantity] = [
    "slab": .slab, "kstack": .term(.kernelStacks), "pgtbl": .term(.pageTables),
    "vmused": .term(.vmalloc),
  ]

  /// Takes in a file: a day, for most.
  package mutating func read(_ bytes: [UInt8], file: String) throws(LocatedError) {
    var reader = JSONReader(bytes, file: file)
    var found = false
    try reader.object { reader, name throws(LocatedError) in
      guard name == "sysstat" else { return try reader.skip() }
      try reader.object { reader, name throws(LocatedError) in
        guard name == "hosts" else { return try reader.skip() }
        found = true
        try reader.array { reader throws(LocatedError) in try self.host(&reader) }
      }
    }
    try reader.end()
    guard found else {
      throw LocatedError(
        "this is no output of sadf -j: it has no sysstat.hosts",
        remedy: "write it with sadf -j FILE -- -r ALL",
        at: SourceLocation(file: file, line: 1, column: 1)
      )
    }
  }

  package func histories() -> [HostHistory] {
    order.compactMap { hosts[$0] }.map { history in
      var history = history
      if history[.slab] == nil {
        history.gaps.append(
          HistoryGap(
            missing: "kbslab, kbkstack, kbpgtbl and kbvmused",
            cost: "no term of the kernel's memory is told",
            remedy: "write the file with sadf -j FILE -- -r ALL"
          )
        )
      } else {
        history.notes.append(
          "sysstat tells slab as a whole: file names that the kernel remembers are in it, and it gives "
            + "them back"
        )
      }
      history.gaps.append(
        HistoryGap(
          missing: "nodes, pinned pages and per-cpu memory, which sysstat does not record",
          cost: "growth is told for the host as a whole, and that of pins not at all",
          remedy: "record them with node_exporter and --collector.zoneinfo"
        )
      )
      return history
    }
  }

  // MARK: One host

  private mutating func host(_ reader: inout JSONReader) throws(LocatedError) {
    var name = ""
    var history = HostHistory(host: "")
    try reader.object { reader, key throws(LocatedError) in
      switch key {
      case "nodename": name = try reader.string()
      case "statistics":
        try reader.array { reader throws(LocatedError) in try Self.record(&reader, &history) }
      case "restarts":
        try reader.array { reader throws(LocatedError) in try Self.restart(&reader, &history) }
      default: try reader.skip()
      }
    }
    if hosts[name] == nil {
      hosts[name] = HostHistory(host: name)
      order.append(name)
    }
    hosts[name]?.merge(history)
  }

  private static func record(
    _ reader: inout JSONReader,
    _ history: inout HostHistory
  ) throws(LocatedError) {
    var time: Int64?
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "timestamp": time = try Self.time(&reader, &history)
      case "memory":
        // sadf writes the time first; without one there is nothing to put the values to.
        guard let time else { throw reader.error("memory without a timestamp in front of it") }
        try memory(&reader, time, &history)
      default: try reader.skip()
      }
    }
  }

  private static func memory(
    _ reader: inout JSONReader,
    _ time: Int64,
    _ history: inout HostHistory
  ) throws(LocatedError) {
    try reader.object { reader, name throws(LocatedError) in
      guard let quantity = fields[name] else { return try reader.skip() }
      let kibibytes = try reader.decimal()
      guard kibibytes >= 0, kibibytes < 1e15 else { return }
      history.append(HistoryKey(quantity), at: time, ByteCount(UInt64(kibibytes) << 10))
    }
  }

  private static func restart(
    _ reader: inout JSONReader,
    _ history: inout HostHistory
  ) throws(LocatedError) {
    try reader.object { reader, name throws(LocatedError) in
      guard name == "boot" else { return try reader.skip() }
      if let time = try Self.time(&reader, &history) { history.booted(at: time) }
    }
  }

  /// `{"date": "2026-11-29", "time": "08:40:06", "utc": 1, …}`
  private static func time(
    _ reader: inout JSONReader,
    _ history: inout HostHistory
  ) throws(LocatedError) -> Int64? {
    var (date, clock, isUTC) = ("", "", true)
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "date": date = try reader.string()
      case "time": clock = try reader.string()
      case "utc": isUTC = try reader.number(Int.self) == 1
      default: try reader.skip()
      }
    }
    guard let time = CivilTime(text: "\(date) \(clock)") else {
      throw reader.error("\(date) \(clock) is no date and time")
    }
    let note = "times are local ones of a zone that is not told: they are taken for UTC"
    if !isUTC, !history.notes.contains(note) { history.notes.append(note) }
    return time.seconds
  }
}
