internal import Advice
internal import HostModel
internal import KernelBehavior

/// Two layouts of the same machine side by side, a line a node.
struct LayoutBars {
  let before: BootLayout
  let after: BootLayout
  let pageSize: PageSize
  let style: TextStyle

  /// A line a node; where that has no room, the sizes alone.
  func lines() -> [String] {
    guard style.showsBars else {
      return after.nodes.flatMap { node in
        let old = before.node(node.id).map(sizes) ?? "not there"
        return ["node \(node.id)", "  before \(old)", "  after \(sizes(node))"]
      }
    }
    let half = max(12, (style.width - 8) / 2 - 19)
    var lines = ["        " + "before".padded(half + 19) + "after"]
    for node in after.nodes {
      let old = before.node(node.id)
      lines.append(
        "node \(node.id)".padded(8) + (old.map { part($0, cells: half) } ?? "").padded(half + 19)
          + part(node, cells: half)
      )
    }
    return lines
  }

  private func part(_ node: BootLayout.Node, cells: Int) -> String {
    let largest = after.nodes.map(\.pages).max() ?? 1
    let total = node.pages
    let width = max(
      2,
      Int(PageCount(UInt64(cells)).scaled(by: total.count, over: max(1, largest.count)).count)
    )
    var kernel = Int(
      PageCount(UInt64(width)).scaled(by: node.kernelPages.count, over: max(1, total.count)).count
    )
    if node.kernelPages > 0, kernel == 0 { kernel = 1 }
    if node.movablePages > 0, kernel == width { kernel = width - 1 }
    let bar =
      String(repeating: "░", count: kernel) + (node.movablePages > 0 ? "|" : "")
      + String(repeating: "·", count: width - kernel)
    return bar.padded(cells + 1) + " " + sizes(node)
  }

  private func sizes(_ node: BootLayout.Node) -> String {
    "\(number(node.kernelPages)) : \(number(node.movablePages))"
  }

  private func number(_ pages: PageCount) -> String {
    let text = pages.bytes(of: pageSize).text
    return text.hasSuffix(" GiB") ? String(text.dropLast(4)) + "G" : text.replacingUnit
  }
}

extension String {
  /// `512 MiB` as `512M`: for columns that are narrow.
  fileprivate var replacingUnit: String {
    let parts = split(separator: " ")
    guard parts.count == 2, let unit = parts[1].first else { return self }
    return parts[0] + String(unit)
  }
}
