internal import HostCollection
internal import Reports
internal import SourceText
internal import SystemIO

/// One of a report's outputs.
///
/// Nothing is written before a host was judged, so that a report about nothing leaves no trace.
struct CapacityOutput {
  let format: CapacityFormat
  private var output: StreamedOutput
  private var isJudged = false
  private var hosts = 0

  init(_ target: OutputTarget<CapacityFormat>, isQuiet: Bool, opening: [UInt8]) throws {
    format = target.format
    output = try StreamedOutput(file: target.file, isQuiet: isQuiet)
    output.hold(opening)
  }

  mutating func add(_ bytes: [UInt8], isJudged: Bool) throws {
    if hosts > 0 { output.hold(CapacitySink.separator(format)) }
    hosts += 1
    self.isJudged = self.isJudged || isJudged
    guard self.isJudged else { return output.hold(bytes) }
    try output.append { $0 += bytes }
  }

  /// Writes what the sink has to say at the end.
  mutating func end(_ sink: CapacitySink) throws {
    try output.write { put throws(LocatedError) in try sink.close(format, to: put) }
    try output.end()
  }
}
