package import SourceText

extension PrometheusReader {
  /// A regular expression of PromQL for the names of all series that are read.
  package static var selector: String { PrometheusMetric.selector }

  /// An answer that is a list of strings, such as a label's values.
  package static func strings(_ bytes: [UInt8], file: String) throws(LocatedError) -> [String] {
    var reader = JSONReader(bytes, file: file)
    var strings: [String] = []
    try reader.object { reader, name throws(LocatedError) in
      guard name == "data", !reader.null() else { return try reader.skip() }
      try reader.array { reader throws(LocatedError) in strings.append(try reader.string()) }
    }
    try reader.end()
    return strings
  }

  /// What a server says is wrong; nil where that is no answer of Prometheus.
  package static func error(in bytes: [UInt8]) -> String? {
    var reader = JSONReader(bytes, file: "")
    var message: String?
    try? reader.object { reader, name throws(LocatedError) in
      guard name == "error" else { return try reader.skip() }
      message = try reader.string()
    }
    return message
  }
}
