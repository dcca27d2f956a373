internal import Advice
internal import HostModel
internal import Profiles

/// How the numbers of a report are made: formulas, and the values of the profiles, so that a reader
/// can check any number.
enum MethodSection {
  /// The section for the profiles that were used, as they are and as the what-ifs changed them.
  static func section(
    _ profiles: [Profile],
    changed: [Profile],
    isPlan: Bool
  ) -> ReportSection {
    var blocks: [ReportBlock] = [
      .table(ReportTable("Formulas", [.text("number"), .text("is")], formulas(isPlan: isPlan)))
    ]
    for profile in profiles {
      blocks.append(.table(table(profile, changed: false)))
      blocks.append(.list(profile.rationale))
    }
    blocks += changed.map { .table(table($0, changed: true)) }
    return ReportSection(id: "method", heading: "How the numbers are made", blocks: blocks)
  }

  private static func formulas(isPlan: Bool) -> [[ReportCell]] {
    var rows: [(String, String)] = [
      ("kernel", "present pages of all zones but Movable and Device, less CMA areas"),
      ("Movable", "present pages of ZONE_MOVABLE, and CMA areas"),
      ("ratio", "Movable ÷ kernel"),
      (
        "used",
        "in the kernel zones: managed − free − LRU lists − zspages − movable huge pages, and what "
          + "sits on LRU lists for good (pinned, stuck there, unevictable)"
      ),
      ("unexplained", "used − the sum of the terms"),
      (
        "headroom",
        "in the kernel zones: free − min watermark − protection, page cache, and reclaimable slab "
          + "but for the nodes with traces of page cache (workingset_nodes), and half of the rest or 8 MiB"
      ),
      (
        "when full",
        "the headroom that is left at worst once as much user memory as ZONE_MOVABLE holds fills the "
          + "host, all of it of one node's programs, whatever their cpusets, and swap took what it can"
      ),
      (
        "at the horizon",
        "for each term the larger of now × its factor and its share of memory; then what the "
          + "profile plans, and what is unexplained"
      ),
      ("left at the horizon", "headroom − (at the horizon − used); below zero it is not enough"),
      ("reserve", "min watermarks and protection of the kernel zones"),
      ("margin", "per node, the larger of a percentage of what is needed and a minimum"),
      ("needed", "at the horizon + reserve + margin"),
      (
        "largest safe Movable",
        "summed over the nodes: the smaller of what the fine ratio allows and of the node's memory "
          + "− needed − what the kernel reserved at boot"
      ),
      ("could become Movable", "largest safe Movable − Movable, where that is above zero"),
      ("too much Movable", "Movable − largest safe Movable, where that is above zero"),
      (
        "verdict",
        "the worst of all nodes and of the host. Impossible: needed is more than all memory, or the "
          + "zones can't even hold the page descriptors. Imbalanced: the ratio is above its upper "
          + "limit, the growth is more than the headroom, or a node with cpus has no kernel memory. "
          + "Tight: the ratio is above fine, or growth and margin are more than the headroom. "
          + "Without Movable only the last but one can fail, and is tight"
      ),
    ]
    if isPlan {
      rows.append(
        (
          "after adding",
          "each device goes where the host's own onlining settings put it; page descriptors and "
            + "7.5 KiB a block are taken from the zones that pay for them; shares of memory and the "
            + "margin grow with the total; nodes that get no kernel memory keep their verdict"
        )
      )
    }
    return rows.map { [ReportCell($0.0), ReportCell($0.1)] }
  }

  /// A profile's values, each on its line.
  private static func table(_ profile: Profile, changed: Bool) -> ReportTable {
    var rows: [(String, String)] = [
      ("ratio that is fine", "up to \(profile.limits.fine)"),
      ("ratio that is too much", "above \(profile.limits.warning)"),
      ("least kernel memory of a node", profile.limits.minimumKernelPerNode.text),
      ("horizon", "\(profile.horizonDays) days"),
      ("margin", "\(profile.margin.percent) %, at least \(profile.margin.minimum.text)"),
    ]
    for term in profile.growth.sorted(by: { $0.key.id < $1.key.id }) {
      let floor = term.value.floorShare.map {
        ", at least \($0.numerator)/\($0.denominator) of memory"
      }
      rows.append(("growth of \(term.key.title)", "now × \(term.value.percent) %\(floor ?? "")"))
    }
    rows.append(("growth of any other term", "as now"))
    for plan in profile.planned {
      let amount =
        switch plan.amount {
        case .size(let size): size.text
        case .share(let share): "\(share.numerator)/\(share.denominator) of memory"
        }
      let basis =
        switch plan.basis {
        case .host: "once for the host"
        case .node: "for each node"
        case .cpu: "for each cpu"
        }
      rows.append(("planned: \(plan.name)", "\(amount), \(basis)"))
    }
    return ReportTable(
      "Profile \(profile.name)\(changed ? " under the what-if" : ""): \(profile.title)",
      [.text("value"), .text("is")],
      rows.map { [ReportCell($0.0), ReportCell($0.1)] }
    )
  }
}
