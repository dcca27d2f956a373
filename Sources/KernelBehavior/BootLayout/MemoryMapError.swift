internal import HostModel

/// Why ranges of memory can't be those of a machine.
package enum MemoryMapError: Error, Hashable, Sendable {
  case empty
  case backwards(MemoryMap.Piece)
  case overlapping(MemoryMap.Piece, MemoryMap.Piece)
  case addressTooLarge(MemoryMap.Piece)
  case maxOrderTooLarge(UInt8)
  /// A zone that mainline does not have: a vendor kernel whose layout follows other rules.
  case unknownZone(String)
  case zoneBackwards(ZoneLimit)
  case noZones
}

extension MemoryMapError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty:
      "no range of memory is left; give the ranges that the kernel prints at boot"
    case .backwards(let range):
      "node \(range.node): the range from frame \(range.frames.start) ends before it begins, at "
        + "\(range.frames.end)"
    case .overlapping(let lower, let upper):
      "the ranges from frame \(lower.frames.start) (node \(lower.node)) and from "
        + "\(upper.frames.start) (node \(upper.node)) overlap"
    case .addressTooLarge(let range):
      "node \(range.node): frame \(range.frames.end) lies behind everything that a machine can address"
    case .maxOrderTooLarge(let order):
      "a largest page order of \(order) does not exist"
    case .unknownZone(let name):
      "this kernel has a zone \(name), which mainline does not have: its layout follows other "
        + "rules and can't be predicted"
    case .zoneBackwards(let zone):
      "zone \(zone.kind.name) from frame \(zone.frames.start) ends before it begins, at "
        + "\(zone.frames.end)"
    case .noZones:
      "every zone is empty; give the zone ranges that the kernel prints at boot"
    }
  }
}
