/// Where a value was read: a file and, where it has them, a node, a zone and a field in it.
@usableFromInline
package struct Input: Hashable, Sendable {
  /// As on the host: `/proc/zoneinfo`.
  package var file: String
  package var node: NodeID?
  package var zone: ZoneKind?
  /// A counter's name as the kernel prints it.
  package var field: String?

  package init(_ file: String, node: NodeID? = nil, zone: ZoneKind? = nil, field: String? = nil) {
    self.file = file
    self.node = node
    self.zone = zone
    self.field = field
  }

  /// The same place, narrowed down to a field.
  package func at(_ field: String) -> Input {
    var input = self
    input.field = field
    return input
  }

  /// What two places have in common: nil where they are in different files.
  ///
  /// A value that was not read anywhere (a constant, an assumption) says nothing about the place of
  /// a sum.
  @usableFromInline
  package static func common(_ left: Input?, _ right: Input?) -> Input? {
    guard let left, let right else { return left ?? right }
    guard left.file == right.file else { return nil }
    return Input(
      left.file,
      node: left.node == right.node ? left.node : nil,
      zone: left.zone == right.zone ? left.zone : nil,
      field: left.field == right.field ? left.field : nil
    )
  }
}

extension Input: CustomStringConvertible {
  /// `/proc/zoneinfo node 0 Normal nr_mlock`
  @usableFromInline
  package var description: String {
    var text = file
    if let node { text += " node \(node)" }
    if let zone { text += " " + zone.name }
    if let field { text += " " + field }
    return text
  }
}
