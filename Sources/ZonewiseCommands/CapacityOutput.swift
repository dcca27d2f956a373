internal import HostCollection
internal import Reports
internal import SystemIO

/// One of a report's outputs: a file that is there whole or not at all, or standard output.
///
/// Nothing is written before a host was judged, so that a report about nothing leaves no trace.
struct CapacityOutput {
  let format: CapacityFormat
  private let file: AtomicFile?
  private let isMute: Bool
  private var pending: [UInt8]
  private var isJudged = false
  private var hosts = 0

  /// Bytes that are written together.
  private static let together = 256 << 10

  /// Opens the file; nil stands for standard output, which stays empty where quiet was asked for.
  init(_ format: CapacityFormat, file: String?, isQuiet: Bool, opening: [UInt8]) throws {
    self.format = format
    self.file = try file.map { try AtomicFile($0) }
    isMute = file == nil && isQuiet
    pending = opening
  }

  mutating func add(_ bytes: [UInt8], isJudged: Bool) throws {
    if hosts > 0 { pending += CapacitySink.separator(format) }
    hosts += 1
    pending += bytes
    self.isJudged = self.isJudged || isJudged
    if self.isJudged, pending.count >= Self.together { try flush() }
  }

  mutating func end(_ bytes: [UInt8]) throws {
    pending += bytes
    try flush()
    try file?.commit()
  }

  private mutating func flush() throws {
    defer { pending.removeAll(keepingCapacity: true) }
    if let file {
      try file.write(pending)
    } else if !isMute {
      Console.write(pending)
    }
  }
}
