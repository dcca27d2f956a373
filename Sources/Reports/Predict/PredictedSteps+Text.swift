internal import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

extension PredictedSteps {
  /// The steps for people, a line each.
  func lines(width: Int) -> [String] {
    guard let spread else {
      return ["", "STEPS    no size decides: nothing is handed out"]
    }
    let page = map.pageSize
    func size(_ pages: PageCount) -> String { pages.bytes(of: page).text }
    var lines = [
      "",
      "STEPS    \(spread.wanted) pages (\(size(spread.wanted))) become kernel memory",
    ]
    for (index, pass) in spread.passes.enumerated() {
      lines.append(
        "  pass \(index + 1): \(pass.wanted) pages (\(size(pass.wanted))) for "
          + "\(pass.divisor) node\(pass.divisor == 1 ? "" : "s")"
      )
      for turn in pass.turns {
        let taken = turn.taken.map(\.frames.pages).total()
        let kernelOnly = turn.taken.filter(\.isKernelOnly).map(\.frames.pages).total()
        let beside = kernelOnly > .zero ? ", \(size(kernelOnly)) of it the kernel's own" : ""
        let end = turn.taken.last.map { ", up to frame \($0.frames.end)" } ?? ""
        lines +=
          "    node \(turn.node): \(size(taken)) of at most \(size(turn.portion))\(beside)\(end)"
          .wrapped(width)
      }
    }
    for rounding in spread.roundings where rounding.start > 0 {
      lines.append(
        rounding.rounded.map { "  node \(rounding.node): \(rounding.start) is rounded up to \($0)" }
          ?? "  node \(rounding.node): nothing is left above \(rounding.start): no ZONE_MOVABLE"
      )
    }
    return lines
  }
}
