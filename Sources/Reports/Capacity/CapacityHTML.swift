internal import Advice
internal import HostModel
internal import Mustache

/// A capacity report as one self-contained page: no network, no build step, a table behind every
/// picture. The template engine escapes every value.
package enum CapacityHTML {
  /// Renders the page; `rows` are those that are shown, worst first.
  package static func render(
    rows: [HostRow],
    summary: CapacitySummary,
    date: String,
    title: String,
    whatIfs: [String],
    profileNotes: [String]
  ) throws -> String {
    let page = Page(
      title: title.printable,
      date: date,
      version: ToolVersion.current,
      sentences: summary.sentences,
      whatIfs: whatIfs,
      hasWhatIfs: !whatIfs.isEmpty,
      ratioBins: bins(CapacitySummary.ratioLabels, summary.ratioBins),
      headroomBins: bins(CapacitySummary.headroomLabels, summary.headroomBins),
      classes: summary.sortedGroups.map(ClassRow.init),
      hosts: rows.filter { $0.failure == nil }.map(HostCells.init),
      left: max(0, summary.hosts - summary.failed - rows.count { $0.failure == nil }),
      failures: rows.filter { $0.failure != nil }.map {
        Failure(source: $0.source.printable, reason: ($0.failure ?? "").printable)
      },
      profileNotes: profileNotes
    )
    return try MustacheTemplate(string: CapacityPage.template).render(page)
  }

  private struct Page {
    var title: String
    var date: String
    var version: String
    var sentences: [String]
    var whatIfs: [String]
    var hasWhatIfs: Bool
    var ratioBins: [Bin]
    var headroomBins: [Bin]
    var classes: [ClassRow]
    var hosts: [HostCells]
    var left: Int
    var failures: [Failure]
    var profileNotes: [String]
  }

  private struct Bin {
    var label: String
    var count: Int
    /// Width of the bar in percent of the largest.
    var width: Int
  }

  private struct Failure {
    var source: String
    var reason: String
  }

  private struct ClassRow {
    var name: String
    var hosts: Int
    var ratio: String
    var headroom: String
    var possible: String
    var excess: String
    var drift: String

    init(_ group: CapacitySummary.Group) {
      name = group.name.printable
      hosts = group.hosts
      ratio = group.worstRatio.map { "\($0)" } ?? ""
      headroom = group.leastHeadroom?.text ?? "unknown"
      possible = group.possible.text
      excess = group.excess.text
      drift = group.drift.joined(separator: "; ").printable
    }
  }

  private struct NodeBar {
    var label: String
    /// Widths in thousandths of the bar: kernel used, kernel free, Movable.
    var used: Int
    var freeStart: Int
    var free: Int
    var movableStart: Int
    var movable: Int
    var text: String
  }

  private struct HostCells {
    var name: String
    var verdict: String
    var kernel: String
    var movable: String
    var ratio: String
    var headroom: String
    var needed: String
    var rules: String
    var recommendation: String
    var machineClass: String
    var kernelRelease: String
    /// Plain numbers to sort by.
    var kernelKey: String
    var movableKey: String
    var ratioKey: String
    var headroomKey: String
    var neededKey: String
    var nodes: [NodeBar]

    init(_ row: HostRow) {
      name = row.name.printable
      verdict = row.verdict.rawValue
      kernel = row.kernel.text
      movable = row.movable.text
      ratio = row.movable == .zero ? "none" : "\(row.ratio)"
      headroom = row.headroom?.text ?? "unknown"
      needed = row.needed?.text ?? "unknown"
      rules = row.rules.joined(separator: ", ").printable
      recommendation = row.recommendation.printable
      machineClass = row.machineClass.printable
      kernelRelease = (row.kernelRelease ?? "unknown").printable
      kernelKey = "\(row.kernel)"
      movableKey = "\(row.movable)"
      ratioKey = row.ratio.number.map { "\($0)" } ?? "1e9"
      headroomKey = row.headroom.map { "\($0)" } ?? "-1"
      neededKey = row.needed.map { "\($0)" } ?? "-1"
      nodes = row.nodes.map(Self.bar)
    }

    private static func bar(_ node: Standing.Node) -> NodeBar {
      let total = max(1, (node.kernel + node.movable).count)
      func thousandths(_ size: ByteCount) -> Int {
        Int(ByteCount(1000).scaled(by: size.count, over: total).count)
      }
      let free = min(node.freeKernel.value ?? .zero, node.kernel)
      let used = thousandths(node.kernel - free)
      let kernel = thousandths(node.kernel)
      return NodeBar(
        label: "node \(node.node)",
        used: used,
        freeStart: used,
        free: kernel - used,
        movableStart: kernel,
        movable: 1000 - kernel,
        text: "kernel \(node.kernel.text), of it free \(node.freeKernel.value?.text ?? "unknown"); "
          + "Movable \(node.movable.text); \(node.verdict.rawValue)"
      )
    }
  }

  private static func bins(_ labels: [String], _ counts: [Int]) -> [Bin] {
    let largest = max(1, counts.max() ?? 1)
    return zip(labels, counts).map { Bin(label: $0, count: $1, width: $1 * 100 / largest) }
  }
}
