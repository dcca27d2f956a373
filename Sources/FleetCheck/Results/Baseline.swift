internal import HostCollection
internal import HostModel
package import SourceText
internal import SystemIO

/// Findings that were there before: only new ones count.
package struct Baseline: Sendable {
  package static let schemaVersion: UInt64 = 1
  /// Fingerprints of a large fleet still fit.
  private static let largestFile = 256 << 20

  private var fingerprints: Set<String>

  package init() { fingerprints = [] }

  package mutating func add(_ fingerprint: String) { fingerprints.insert(fingerprint) }

  package func has(_ fingerprint: String) -> Bool { fingerprints.contains(fingerprint) }

  package var count: Int { fingerprints.count }

  /// Reads a baseline that an earlier run wrote.
  package static func read(_ path: String) throws(LocatedError) -> Baseline {
    let bytes: [UInt8]
    do throws(ReadFailure) { bytes = try UserFile.bytes(path, limit: largestFile) } catch {
      throw LocatedError("\(error); --write-baseline makes one", file: path)
    }
    var baseline = Baseline()
    var version: UInt64?
    var reader = JSONReader(bytes, file: path)
    try reader.object { (reader, key) throws(LocatedError) in
      switch key {
      case "schemaVersion": version = try reader.number()
      case "fingerprints":
        try reader.array { (reader) throws(LocatedError) in baseline.add(try reader.string()) }
      default: throw reader.error("unknown key \(key)")
      }
    }
    try reader.end()
    guard version == schemaVersion else {
      throw LocatedError("no baseline of schemaVersion 1", file: path)
    }
    return baseline
  }

  /// The file's bytes: sorted, one a line, so that a change of it reads well.
  package var bytes: [UInt8] {
    var text = "{\n  \"schemaVersion\": \(Self.schemaVersion),\n  \"fingerprints\": ["
    for (index, fingerprint) in fingerprints.sorted().enumerated() {
      text += (index == 0 ? "\n    \"" : ",\n    \"") + fingerprint + "\""
    }
    text += fingerprints.isEmpty ? "]\n}\n" : "\n  ]\n}\n"
    return Array(text.utf8)
  }
}
