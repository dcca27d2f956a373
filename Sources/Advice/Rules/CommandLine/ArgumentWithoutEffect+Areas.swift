internal import HostModel
internal import KernelBehavior
internal import KernelText

// Sentences about memory that should have been set apart.
extension ArgumentWithoutEffect {
  /// What became of an area.
  static func text(
    for area: BootReservation,
    of argument: String,
    _ pageSize: PageSize
  ) -> FindingText {
    let size = area.pages.bytes(of: pageSize).text
    let place = area.node.map { " on node \($0)" } ?? ""
    switch area.outcome {
    case .placed: return FindingText("\(argument) has its area of \(size)\(place)")
    case .acrossZones(let crossing):
      let start = hexadecimal(crossing.frames.start, pageSize)
      let boundary = hexadecimal(crossing.boundary, pageSize)
      let zone = crossing.zone == .movable ? "ZONE_MOVABLE" : "zone \(crossing.zone.name)"
      let lost = crossing.lost.bytes(of: pageSize)
      return FindingText(
        "\(argument): the CMA area of \(size) on node \(crossing.node) at \(start) lies across the "
          + "start of \(zone) (\(boundary)) and is given up"
          + (lost > 0 ? "; this kernel leaves \(lost.text) of it to nobody" : "")
      )
    case .refused(let refusal):
      return FindingText("\(argument) has no effect\(place): \(words(for: refusal, size))")
    }
  }

  private static func hexadecimal(_ frame: PageFrameNumber, _ pageSize: PageSize) -> String {
    "0x" + String(frame.address(pageSize: pageSize).count, radix: 16)
  }

  private static func words(
    for refusal: BootReservation.Refusal,
    _ size: String
  ) -> String {
    switch refusal {
    case .noRoom:
      "\(size) of free memory in one piece can't be found for it"
    case .beyondLimit(let limit):
      "the area of \(size) can't be reserved below \(limit.text), where it must lie"
    case .belowHugePage(let page): "it is less than one page of \(page.text)"
    case .notWholeHugePages(let page): "it is no multiple of \(page.text)"
    case .noSuchNode: "there is no such node"
    case .notOnThisArchitecture: "this architecture reserves no such area"
    case .notInThisKernel: "this kernel has no such argument"
    case .notBuilt(let option): "this kernel is built without \(option)"
    case .misplaced(let unit): "its place is no multiple of \(unit.text)"
    }
  }
}
