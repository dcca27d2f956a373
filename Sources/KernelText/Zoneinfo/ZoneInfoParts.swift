package import HostModel

/// Zones out of a text that is no whole /proc/zoneinfo.
package struct ZoneInfoParts: Error, Hashable, Sendable {
  /// At least one zone with a size. A size that the text lacks is unknown, and so is every zone that
  /// it lacks.
  package var nodes: [NodeZones]
  /// Why they are not all, and where that shows first.
  package var why: ParseError

  package var zones: [ZoneSnapshot] { nodes.flatMap(\.zones) }

  init?(_ nodes: [NodeZones], why: ParseError) {
    self.why = why
    self.nodes = nodes.compactMap { node in
      var node = node
      node.zones.removeAll { !$0.isSound }
      return node.zones.isEmpty ? nil : node
    }
    guard !self.nodes.isEmpty else { return nil }
  }
}

extension ZoneSnapshot {
  /// Whether the record has a size and no two of its lines contradict each other, as those of two
  /// zones do where the header between them is lost.
  fileprivate var isSound: Bool {
    guard [present, managed, spanned, free].contains(where: { $0.value != nil }) else {
      return false
    }
    let names = pages.entries.indices.map { pages.name(at: $0) }
    guard Set(names).count == names.count else { return false }
    let sizes = [free, managed, present, spanned].compactMap(\.value)
    return zip(sizes, sizes.dropFirst()).allSatisfy { $0 <= $1 }
  }
}
