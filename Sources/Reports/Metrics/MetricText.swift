/// Metrics as text: OpenMetrics 1.0, or what Prometheus' textfile collector reads (format 0.0.4).
enum MetricText {
  static func render(_ families: [MetricFamily], as format: MetricFormat) -> [UInt8] {
    var out: [UInt8] = []
    for family in families where !family.samples.isEmpty {
      // In the older format a name stands for all of its family, and there are fewer types.
      let isOpen = format == .openmetrics
      let name = !isOpen && family.kind == .info ? family.name + "_info" : family.name
      let kind = isOpen ? family.kind.rawValue : MetricFamily.Kind.gauge.rawValue
      out += "# TYPE \(name) \(kind)\n".utf8
      if isOpen, !family.unit.isEmpty { out += "# UNIT \(name) \(family.unit)\n".utf8 }
      out += "# HELP \(name) ".utf8
      escape(family.help, quotes: isOpen, into: &out)
      out.append(0x0A)
      out += family.samples
    }
    if format == .openmetrics { out += "# EOF\n".utf8 }
    return out
  }

  /// A text in which nothing ends the line or the label that it stands in.
  static func escape(_ text: String, quotes: Bool, into out: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): out += "\\\\".utf8
      case 0x0A: out += "\\n".utf8
      case UInt8(ascii: "\"") where quotes: out += "\\\"".utf8
      default: out.append(byte)
      }
    }
  }
}

/// How metrics are written.
package enum MetricFormat: String, CaseIterable, Sendable {
  /// OpenMetrics 1.0.
  case openmetrics
  /// Prometheus' older text format, for node_exporter's textfile collector.
  case prometheus
}
