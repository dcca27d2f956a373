internal import HostModel
package import SourceText

/// Reads answers of Prometheus' HTTP API, or of what speaks it: the matrix that `query_range` gives and
/// the vector of `query`, with node_exporter's series.
package struct PrometheusReader {
  /// By `instance`, in the order in which they came.
  private var hosts: [String: PrometheusHost] = [:]
  private var order: [String] = []
  private var series = 0

  package init() {}

  /// Whether anything that was read was of node_exporter.
  package var isEmpty: Bool { hosts.isEmpty }

  /// Takes in an answer.
  package mutating func read(_ bytes: [UInt8], file: String) throws(LocatedError) {
    var reader = JSONReader(bytes, file: file)
    var failure: String?
    var isAnswer = false
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "status":
        isAnswer = true
        if try reader.string() == "error" { failure = failure ?? "" }
      case "error": failure = try reader.string()
      case "data":
        // A failure may have none.
        if reader.null() { return }
        try reader.object { reader, name throws(LocatedError) in
          guard name == "result" else { return try reader.skip() }
          try reader.array { reader throws(LocatedError) in try self.one(&reader) }
        }
      default: try reader.skip()
      }
    }
    try reader.end()
    if let failure {
      throw LocatedError("the server answers with an error: \(failure)", file: file)
    }
    guard isAnswer else {
      throw LocatedError(
        "this is no answer of Prometheus: it has no status",
        remedy: "save what /api/v1/query_range gives",
        at: SourceLocation(file: file, line: 1, column: 1)
      )
    }
  }

  /// The hosts, each with what could be made of its series.
  package func histories() -> [HostHistory] {
    order.compactMap { name in hosts[name].map { $0.history(name) } }
  }

  // MARK: One series

  private struct Labels {
    var name = ""
    var instance = "the only host"
    var node: String?
    var zone: String?
  }

  private mutating func one(_ reader: inout JSONReader) throws(LocatedError) {
    var labels = Labels()
    var values: JSONReader?
    var isVector = false
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "metric":
        try reader.object { reader, name throws(LocatedError) in
          let value = try reader.string()
          switch name {
          case "__name__": labels.name = value
          case "instance": labels.instance = value
          case "node": labels.node = value
          case "zone": labels.zone = value
          default: break
          }
        }
      case "values", "value":
        values = reader
        isVector = name == "value"
        // Nearly always the labels came first: then it is read once, and this passes over it.
        if labels.name.isEmpty { return try reader.skip() }
        try self.take(labels, &reader, isVector)
        values = nil
      default: try reader.skip()
      }
    }
    if var later = values { try take(labels, &later, isVector) }
  }

  private mutating func take(
    _ labels: Labels,
    _ reader: inout JSONReader,
    _ isVector: Bool
  ) throws(LocatedError) {
    guard let metric = PrometheusMetric(name: labels.name),
      let place = PrometheusHost.Place(node: labels.node, zone: labels.zone)
    else { return try reader.skip() }
    var samples = SampleSeries()
    if isVector {
      try Self.sample(&reader, &samples)
    } else {
      try reader.array { reader throws(LocatedError) in try Self.sample(&reader, &samples) }
    }
    guard !samples.isEmpty else { return }
    if hosts[labels.instance] == nil {
      hosts[labels.instance] = PrometheusHost()
      order.append(labels.instance)
    }
    hosts[labels.instance]?.add(metric, place, samples)
  }

  /// `[1700000000.123, "42"]`; what is no number, or below nothing, is no sample.
  private static func sample(
    _ reader: inout JSONReader,
    _ samples: inout SampleSeries
  ) throws(LocatedError) {
    var index = 0
    var time: Int64?
    var value: Double?
    try reader.array { reader throws(LocatedError) in
      switch index {
      case 0:
        let seconds = try reader.decimal()
        guard abs(seconds) < 1e12 else { throw reader.error("no time of this world") }
        time = Int64(seconds.rounded())
      case 1: value = try reader.quotedDecimal()
      default: throw reader.error("a sample has a time and a value")
      }
      index += 1
    }
    guard index == 2 else { throw reader.error("a sample has a time and a value") }
    // No machine has 2^60 bytes; a counter that wrapped does.
    guard let time, let value, value >= 0, value < 1.15e18 else { return }
    samples.append(time, ByteCount(UInt64(value)))
  }
}
