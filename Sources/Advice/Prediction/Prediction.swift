package import HostModel
package import KernelBehavior
internal import KernelText
internal import Profiles

/// The zones that a command line gives on a machine, beside those that it has without it.
package struct Prediction: Sendable {
  package var source: SourceDescription
  package var inputs: BootLayoutInputs
  package var commandLine: String
  package var arguments: ZoneArguments
  /// Under the source's own command line where another one was asked for, else without arguments.
  package var before: BootLayout
  package var layout: BootLayout
  /// Whether the layout has the starts that the kernel printed; nil where it printed none, or for
  /// another command line.
  package var agrees: Bool?
  /// Bytes of a memory block, where the source tells.
  package var blockSize: ByteCount?
  package var findings: [Finding]

  package var pageSize: PageSize { inputs.map.pageSize }
  package var assumptions: [String] { inputs.assumptions(for: arguments) }
  package var kernel: ByteCount { layout.kernelPages.bytes(of: pageSize) }
  package var movable: ByteCount { layout.movablePages.bytes(of: pageSize) }

  /// Memory below the zone that ZONE_MOVABLE is cut from, and what is left above it, where a size
  /// argument meets it: the kernel keeps it in any case and counts it first (mm/mm_init.c,
  /// `find_zone_movable_pfns_for_nodes`).
  package var countedFirst: (zone: ZoneLimit, below: ByteCount, above: ByteCount)? {
    let map = inputs.map
    guard !arguments.mirror, !arguments.kernelcore.isZero || !arguments.movablecore.isZero else {
      return nil
    }
    let below = map.ranges.map { range in
      let end = Swift.min(range.frames.end, map.usableStart)
      return end > range.frames.start
        ? FrameRange(start: range.frames.start, end: end).pages : .zero
    }.total()
    let above = map.totalPages.subtractingOrZero(below)
    // It decides where all that lies above it is Movable.
    guard below > .zero, layout.movablePages + map.startAlignment >= above else { return nil }
    return (map.movableParent, below.bytes(of: pageSize), above.bytes(of: pageSize))
  }

  /// The arguments that were read, as they were written.
  package var argumentText: String {
    arguments.words.map(\.argument.text).joined(separator: " ")
  }

  /// Predicts a command line.
  ///
  /// - Parameters:
  ///   - inputs: The machine.
  ///   - source: Where it was read.
  ///   - asked: The user's command line; nil for the source's own.
  ///   - blockSize: Bytes of a memory block.
  /// - Throws: Why this can't be predicted.
  package init(
    _ inputs: BootLayoutInputs,
    source: SourceDescription,
    asked: String?,
    blockSize: ByteCount?
  ) throws(BootLayoutRefusal) {
    self.source = source
    self.inputs = inputs
    self.blockSize = blockSize
    let own = inputs.commandLine ?? ""
    commandLine = asked ?? own
    arguments = inputs.arguments(commandLine)
    if asked == nil, let printed = inputs.printedLayout {
      layout = printed
    } else {
      layout = try inputs.predict(arguments)
    }
    agrees = asked == nil || asked == own ? inputs.agrees(layout) : nil
    before = try Self.layoutBefore(inputs, asked: asked, own: own)
    findings = []
    findings = findings(before: before, limits: Profile.Limits())
  }

  /// What the machine has without the arguments in question.
  private static func layoutBefore(
    _ inputs: BootLayoutInputs,
    asked: String?,
    own: String
  ) throws(BootLayoutRefusal) -> BootLayout {
    if asked != nil, let layout = try? inputs.predict(inputs.arguments(own)) { return layout }
    return try inputs.predict(ZoneArguments())
  }
}
