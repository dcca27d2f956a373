internal import Advice
internal import HostModel
internal import SourceText

/// Nodes as bars: kernel memory used and free, Movable used and free.
struct ZoneBars {
  let nodes: [CurrentBalance.Node]
  let style: TextStyle

  /// One line; where that has no room, the same in words.
  func lines(for node: CurrentBalance.Node) -> [String] {
    style.showsBars ? [line(for: node)] : words(for: node)
  }

  private func words(for node: CurrentBalance.Node) -> [String] {
    func free(_ size: Reading<ByteCount>) -> String { "\(size.value?.text ?? "not known") free" }
    let movable = node.movable + node.highMemory
    var parts = ["kernel \(node.kernel.text), \(free(node.freeKernel))"]
    if movable > .zero {
      let freeMovable = node.freeMovable.map { $0 + node.freeHighMemory }
      parts.append("Movable \(movable.text), \(free(freeMovable))")
      parts.append("\(MovableRatio(movable, to: node.kernel)) \(verdict(node.verdict))")
    } else {
      parts.append("no Movable, \(verdict(node.verdict))")
    }
    return ["node \(node.node)"] + parts.flatMap { $0.wrapped(style.width - 2) }.map { "  " + $0 }
  }

  private func line(for node: CurrentBalance.Node) -> String {
    let largest = nodes.map { $0.kernel + $0.movable + $0.highMemory }.max() ?? .zero
    let movable = node.movable + node.highMemory
    let total = node.kernel + movable
    // What stands beside the bar takes 63 columns at most.
    let width = max(12, style.width - 63)
    let cells = max(
      4,
      Int(ByteCount(UInt64(width)).scaled(by: total.count, over: max(1, largest.count)).count)
    )
    let name = "node \(node.node)".padded(8)
    let ratio =
      movable == .zero ? "no Movable" : "\(MovableRatio(movable, to: node.kernel))"
    let sizes = "\(node.kernel.text) : \(movable.text)"
    return "\(name)\(total.text.aligned(9))  \(bar(node, cells: cells).padded(width + 1))"
      + " \(sizes.aligned(19)) \(ratio) \(verdict(node.verdict))"
  }

  private func bar(_ node: CurrentBalance.Node, cells: Int) -> String {
    let movable = node.movable + node.highMemory
    let total = node.kernel + movable
    var kernelCells = share(node.kernel, of: total, cells: cells)
    if node.kernel > 0, kernelCells == 0 { kernelCells = 1 }
    if movable > 0, kernelCells == cells { kernelCells = cells - 1 }
    let kernel = part(
      node.kernel,
      free: node.freeKernel.value,
      cells: kernelCells,
      used: "▓",
      empty: "░"
    )
    guard movable > 0 else { return kernel }
    return kernel + "|"
      + part(
        movable,
        free: node.freeMovable.value.map { $0 + node.freeHighMemory },
        cells: cells - kernelCells,
        used: "▒",
        empty: "·"
      )
  }

  private func part(
    _ size: ByteCount,
    free: ByteCount?,
    cells: Int,
    used: Character,
    empty: Character
  ) -> String {
    guard let free else { return String(repeating: "?", count: cells) }
    let usedCells = cells - share(min(free, size), of: size, cells: cells)
    return String(repeating: used, count: usedCells)
      + String(repeating: empty, count: cells - usedCells)
  }

  private func share(_ part: ByteCount, of total: ByteCount, cells: Int) -> Int {
    guard total > 0 else { return 0 }
    return min(cells, Int(ByteCount(UInt64(cells)).scaled(by: part.count, over: total.count).count))
  }

  private func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .balanced: style.marked("balanced", .green)
    case .tight: style.marked("tight", .yellow)
    case .imbalanced: style.marked("imbalanced", .red)
    case .impossible: style.marked("impossible", .red)
    case .unknown: style.marked("unknown", .yellow)
    }
  }
}
