package import HostModel
internal import KernelText

/// Everything that a command line sets apart before there are zones, in the kernel's order.
package struct BootReservations: Hashable, Sendable {
  package let all: [BootReservation]
  /// Whether gigantic pages come from their areas and from nowhere else (`hugetlb_cma_only=`).
  package let takesGiganticPagesFromAreas: Bool

  /// What was taken for granted in placing it, a sentence each.
  package let assumptions: [String]

  /// Nothing set apart.
  package static let none = BootReservations(
    all: [],
    takesGiganticPagesFromAreas: false,
    assumptions: []
  )

  init(
    all: [BootReservation],
    takesGiganticPagesFromAreas: Bool,
    assumptions: [String]
  ) {
    self.all = all
    self.takesGiganticPagesFromAreas = takesGiganticPagesFromAreas
    self.assumptions = assumptions
  }

  /// Places what the words ask for.
  ///
  /// - Parameters:
  ///   - line: The command line.
  ///   - map: The machine.
  ///   - layout: The zones that it gets: an area in two of them is given up.
  ///   - kernel: Its kernel.
  package init(_ line: String, on map: MemoryMap, layout: BootLayout, kernel: Kernel) {
    guard Self.asks(line) else {
      self = .none
      return
    }
    let arguments = KernelCommandLineText.arguments(line)
    var reserver = BootReserver(arguments, map: map, layout: layout, kernel: kernel)
    self = reserver.run()
  }

  /// Whether a word of a command line sets memory apart.
  package static func asks(_ line: String) -> Bool { !words(line).isEmpty }

  /// The words of a command line that do, as they were written.
  package static func words(_ line: String?) -> [String] {
    KernelCommandLineText.arguments(line ?? "")
      .filter { BootReserver.names.contains($0.normalizedName) }.map(\.text)
  }

  /// Pages of CMA areas in one zone of a node.
  package func cma(in zone: BootLayout.Zone, of node: NodeID) -> PageCount {
    pages(in: zone, of: node) { $0.isCMA }
  }

  /// Pages of areas for gigantic pages in one zone of a node.
  package func giganticArea(in zone: BootLayout.Zone, of node: NodeID) -> PageCount {
    pages(in: zone, of: node) { $0 == .hugePages }
  }

  /// Pages of a zone that the page allocator never gets: the crash kernel's, and what is lost of areas
  /// that were given up.
  package func withheld(from zone: BootLayout.Zone, of node: NodeID) -> PageCount {
    let frames = zone.frames
    let lost = all.map { reservation -> PageCount in
      guard case .acrossZones(let area) = reservation.outcome, area.node == node,
        area.lost > 0
      else { return .zero }
      return FrameRange(start: area.boundary, end: area.frames.end).overlap(frames)
    }.total()
    return pages(in: zone, of: node) { !$0.isCMA } + lost
  }

  /// All CMA areas that came to be.
  package var cma: PageCount {
    all.map { reservation in
      guard reservation.purpose.isCMA, case .placed(let frames, _) = reservation.outcome else {
        return .zero
      }
      return frames.pages
    }.total()
  }

  /// What did not come to be.
  package var failures: [BootReservation] {
    all.filter { if case .placed = $0.outcome { false } else { true } }
  }

  private func pages(
    in zone: BootLayout.Zone,
    of node: NodeID,
    where fits: (BootReservation.Purpose) -> Bool
  ) -> PageCount {
    let span = zone.frames
    return all.map { reservation in
      guard fits(reservation.purpose), case .placed(let frames, node) = reservation.outcome else {
        return .zero
      }
      return frames.overlap(span)
    }.total()
  }
}
