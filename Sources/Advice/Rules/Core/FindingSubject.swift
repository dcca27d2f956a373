package import HostModel

/// What a finding is about.
package enum FindingSubject: Hashable, Sendable {
  /// The machine as a whole.
  case host
  case node(NodeID)
  /// Several nodes, ascending.
  case nodes([NodeID])
  /// A device by its name, on a node where it has one.
  case device(String, node: NodeID? = nil)
  /// A memory block by its number.
  case block(UInt64)
  /// A word of the command line as it is written.
  case argument(String)
  case machineClass(String)
  /// The file that the finding stands in.
  case file

  package var node: NodeID? {
    switch self {
    case .node(let node): node
    case .device(_, let node): node
    case .host, .nodes, .block, .argument, .machineClass, .file: nil
    }
  }

  /// The nodes that it is, or is on.
  package var nodes: [NodeID] {
    if case .nodes(let nodes) = self { return nodes }
    return node.map { [$0] } ?? []
  }

  /// How programs call this kind of thing.
  package var kind: String {
    switch self {
    case .host: "host"
    case .node: "node"
    case .nodes: "nodes"
    case .device: "device"
    case .block: "block"
    case .argument: "argument"
    case .machineClass: "class"
    case .file: "file"
    }
  }

  /// Which one it is; nil where there is only one.
  package var name: String? {
    switch self {
    case .host, .file: nil
    case .node(let node): "\(node)"
    case .nodes(let nodes): nodes.map { "\($0)" }.joined(separator: ", ")
    case .device(let name, _), .argument(let name), .machineClass(let name): name
    case .block(let number): "\(number)"
    }
  }
}
