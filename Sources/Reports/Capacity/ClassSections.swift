internal import Advice
internal import Capacity
internal import HostModel

/// A part for each machine class: how it stands, what one change of arguments would do, and where
/// its machines disagree.
struct ClassSections {
  let summary: CapacitySummary
  let limit: Int

  func section() -> ReportSection {
    let all = CapacitySummary.sorted(summary.classes)
    var blocks: [ReportBlock] = []
    for group in all.prefix(limit) { blocks += part(group) }
    if all.count > limit {
      blocks.append(
        .note("\(all.count - limit) smaller classes are in the table above or the CSV.")
      )
    }
    return ReportSection(id: "classes", heading: "Class by class", blocks: blocks)
  }

  private func part(_ group: CapacityGroup) -> [ReportBlock] {
    var items = [standing(group), change(group)]
    if group.drift.isEmpty {
      if group.hosts > 1 {
        items.append("No drift: kernel, zone arguments and size of Movable are the same on all.")
      }
    } else {
      items += group.drift.map { "Drift: \($0.text)." }
    }
    let advised = CapacityGroup.sorted(group.recommendations).prefix(3).map {
      "\($0.value) (\($0.of.hosts))"
    }
    if !advised.isEmpty {
      items.append("Advised host by host: \(advised.joined(separator: "; ")).")
    }
    return [
      .heading("\(group.name): \(CapacityText.hosts(group.hosts))", level: 3), .list(items),
    ]
  }

  private func standing(_ group: CapacityGroup) -> String {
    let counts = Verdict.allCases.sorted(by: >).compactMap { verdict in
      group.verdicts[verdict].map { "\($0) \(verdict.rawValue)" }
    }
    var text = counts.joined(separator: ", ") + "."
    if let ratio = group.worstRatio, ratio.movable > 0 {
      text += " Worst ratio \(ratio) on \(group.worstRatioHost)."
    }
    if let headroom = group.leastHeadroom {
      text += " Least headroom \(headroom.text) on \(group.leastHeadroomHost)."
    }
    if group.unsized > 0 {
      text += " Of \(group.unsized) it is not known how much Movable is safe."
    }
    return text
  }

  /// What one argument would do to all of them.
  private func change(_ group: CapacityGroup) -> String {
    do throws(NotPlanned) {
      let change = try group.needs.change()
      let after = change.movable * UInt64(group.hosts)
      let excess = group.excess > 0 ? "; \(group.excess.text) of it is too much now" : ""
      return "One change for all: \(change.argument) makes as much Movable as leaves every machine "
        + "the kernel memory that any of them needs: \(change.kernel.text) kernel and "
        + "\(change.movable.text) Movable each (\(change.ratio)), in the class Movable "
        + "\(group.movable.text) → \(after.text)\(excess)."
    } catch {
      return "No one change for all: \(error)."
    }
  }
}
