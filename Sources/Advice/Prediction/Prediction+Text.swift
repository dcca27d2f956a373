internal import HostModel
internal import KernelBehavior

extension Prediction {
  /// Why a size gives this much, in one sentence; nil where no size decides.
  package var why: String? {
    guard layout.path == .sizes else { return nil }
    let planner = BootLayoutPlanner(map: inputs.map, kernel: inputs.kernel)
    let asked = PageCount(planner.kernelPages(asked: arguments)).bytes(of: pageSize)
    let low = PageCount(planner.kernelOnlyPages).bytes(of: pageSize)
    let nodes = UInt64(layout.nodes.count)
    var parts: [String] = []
    let total = inputs.map.totalPages.bytes(of: pageSize)
    if arguments.kernelcore.percent > 0 || !arguments.movablecore.isZero {
      parts.append("\(argumentText) leaves the kernel \(asked.text) of \(total.text)")
    }
    if nodes > 1 {
      parts.append(
        "\(asked.text) on \(nodes) nodes is \(asked.scaled(by: 1, over: nodes).text) each"
      )
    }
    if low > .zero {
      let limit = inputs.map.usableStart.address(pageSize: pageSize).text
      parts.append(
        low >= asked
          ? "the \(low.text) below \(limit) stay kernel memory in any case, and that is more"
          : "the \(low.text) below \(limit) count first"
      )
    }
    let step = inputs.map.startAlignment.bytes(of: pageSize).text
    parts.append("ZONE_MOVABLE begins at a multiple of \(step)")
    return parts.joined(separator: "; ")
  }
}
