/// A family of metrics, and its samples as they will be written.
struct MetricFamily {
  /// OpenMetrics' types that are used here.
  enum Kind: String {
    case gauge
    case info
    case stateset
  }

  /// With its unit at its end, where it has one.
  let name: String
  let kind: Kind
  /// A base unit: bytes, seconds, ratio; empty for a count.
  let unit: String
  let help: String
  private(set) var samples: [UInt8] = []

  init(_ name: String, _ kind: Kind = .gauge, unit: String = "", about help: String) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.help = help
  }

  /// Adds a sample. What is not known has none: a metric that is missing is no zero.
  mutating func add(_ labels: [(name: String, value: String)], _ value: String?) {
    guard let value else { return }
    samples += name.utf8
    if kind == .info { samples += "_info".utf8 }
    if !labels.isEmpty {
      samples.append(UInt8(ascii: "{"))
      for (index, label) in labels.enumerated() {
        if index > 0 { samples.append(UInt8(ascii: ",")) }
        samples += label.name.utf8
        samples += "=\"".utf8
        MetricText.escape(label.value, quotes: true, into: &samples)
        samples.append(UInt8(ascii: "\""))
      }
      samples.append(UInt8(ascii: "}"))
    }
    samples.append(UInt8(ascii: " "))
    samples += value.utf8
    samples.append(0x0A)
  }

  /// One sample for each state, 1 for the one that holds.
  mutating func add(_ labels: [(name: String, value: String)], state: String, of states: [String]) {
    for other in states { add(labels + [(name, other)], other == state ? "1" : "0") }
  }
}
