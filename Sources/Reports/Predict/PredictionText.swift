package import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `zonewise predict` for people: what the arguments give, node by node, and every finding.
package enum PredictionText {
  package static func render(_ prediction: Prediction, style: TextStyle) -> String {
    var lines: [String] = answer(prediction).wrapped(style.width)
    if let why = prediction.why { lines += "Why this much: \(why).".printable.wrapped(style.width) }
    if prediction.agrees == false {
      lines += PredictionDisagreement.sentence.wrapped(style.width)
    }
    for finding in prediction.findings where finding.severity > .note {
      lines += finding.message.printable.wrapped(style.width)
    }
    lines.append("")
    lines += LayoutBars(
      before: prediction.before,
      after: prediction.layout,
      pageSize: prediction.pageSize,
      style: style
    ).lines()
    for finding in prediction.findings where finding.severity == .note {
      lines.append("")
      lines += finding.message.printable.wrapped(style.width)
    }
    if style.isVerbose { lines += zones(prediction, style: style) }
    if let steps = prediction.steps { lines += steps.lines(width: style.width) }
    lines += notes(prediction, style: style)
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }

  private static func answer(_ prediction: Prediction) -> String {
    let words =
      prediction.argumentText.isEmpty
      ? "This command line" : prediction.argumentText.printable
    guard prediction.movable > 0 else {
      guard prediction.high > 0 else {
        return "\(words) gives no ZONE_MOVABLE: all \(prediction.kernel.text) are kernel memory."
      }
      return "\(words) gives no ZONE_MOVABLE: \(prediction.kernel.text) are kernel memory, "
        + "\(prediction.high.text) HighMem for user pages."
    }
    let cma = prediction.cma
    let ratio = MovableRatio(
      prediction.movable + cma,
      to: prediction.kernel.subtractingOrZero(cma)
    )
    let high = prediction.high > 0 ? ", \(prediction.high.text) of HighMem" : ""
    let areas = cma > .zero ? ", \(cma.text) of it CMA," : ""
    return "\(words) gives \(prediction.kernel.text) of kernel memory\(high)\(areas) and "
      + "\(prediction.movable.text) of Movable (\(ratio)\(cma > .zero ? " with the CMA" : ""))."
  }

  /// On a narrow terminal without what a zone spans.
  private static func zones(_ prediction: Prediction, style: TextStyle) -> [String] {
    let isNarrow = style.width < 60
    var lines = [
      "",
      isNarrow
        ? "ZONES start pfn       present"
        : "ZONES    node  zone      start pfn      spanned      present",
    ]
    for node in prediction.layout.nodes {
      for zone in node.zones {
        let start = "\(zone.frames.start)"
        if isNarrow {
          lines.append("node \(node.id) \(zone.kind.name)")
          lines.append("      " + start.aligned(9) + "\(zone.present)".aligned(14))
          continue
        }
        lines.append(
          "         " + "\(node.id)".padded(6) + zone.kind.name.padded(8)
            + start.aligned(11) + "\(zone.spanned)".aligned(13)
            + "\(zone.present)".aligned(13)
        )
      }
    }
    return lines
  }

  private static func notes(_ prediction: Prediction, style: TextStyle) -> [String] {
    var lines: [String] = []
    if prediction.agrees == true {
      lines.append("")
      lines += "The kernel printed the same starts of ZONE_MOVABLE.".wrapped(style.width)
    }
    let assumptions = prediction.assumptions
    if !assumptions.isEmpty {
      lines += ["", "TAKEN FOR GRANTED"]
      for assumption in assumptions {
        let wrapped = assumption.printable.wrapped(style.width - 4)
        lines += wrapped.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
      }
    }
    return lines
  }
}
