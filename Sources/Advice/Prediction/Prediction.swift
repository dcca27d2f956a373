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
  /// What the command line sets apart under that layout.
  package var reservations: BootReservations
  /// Whether the layout has the starts that the kernel printed, for another command line whether its
  /// own one gives them; nil where the kernel printed none.
  package var agrees: Bool?
  /// Where the kernel made other zones of the source's own command line than are predicted of it.
  package var disagreement: BootLayoutInputs.Disagreement?
  /// Bytes of a memory block, where the source tells.
  package var blockSize: ByteCount?
  package var findings: [Finding]
  /// How the kernel hands out what sizes ask for; nil where nobody asked to see it.
  package var steps: PredictedSteps?

  package var pageSize: PageSize { inputs.map.pageSize }
  /// Whether the kernel is sure to make this layout: every range is its own, and nothing that decides
  /// is unknown.
  package var isExact: Bool { inputs.isExact(for: arguments) }
  package var assumptions: [String] {
    inputs.assumptions(for: arguments) + reservations.assumptions
  }
  package var kernel: ByteCount { layout.kernelPages.bytes(of: pageSize) }
  /// ZONE_HIGHMEM of a 32-bit kernel.
  package var high: ByteCount { layout.highPages.bytes(of: pageSize) }
  /// CMA areas in kernel zones, by node: movable by the ratio.
  package var cmaByNode: [NodeID: PageCount] {
    var found: [NodeID: PageCount] = [:]
    for node in layout.nodes {
      let cma = node.zones.filter(\.kind.servesKernel)
        .map { reservations.cma(in: $0, of: node.id) }.total()
      if cma > .zero { found[node.id] = cma }
    }
    return found
  }
  package var cma: ByteCount { cmaByNode.values.total().bytes(of: pageSize) }
  package var movable: ByteCount { layout.movablePages.bytes(of: pageSize) }

  /// How much memory firmware may take from the kernel's part of a node, or give back, before these
  /// arguments give other zones; nil where no size decides about them.
  package var holdsWithin: ByteCount? {
    var search = LayoutSearch(map: inputs.map, kernel: inputs.kernel)
    return search.holdsWithin(arguments)
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
    self.blockSize = blockSize
    let own = inputs.commandLine ?? ""
    commandLine = asked ?? own
    let machine = asked == nil ? inputs : try inputs.booted(with: commandLine)
    self.inputs = machine
    arguments = machine.arguments(commandLine)
    if asked == nil, let printed = machine.printedLayout {
      layout = printed
    } else {
      layout = try machine.predict(arguments)
    }
    reservations = machine.reservations(commandLine, in: layout)
    agrees = asked == nil || asked == own ? inputs.agrees(layout) : inputs.agreesAboutItself
    disagreement = inputs.disagreement
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
