package import Advice
package import Capacity
internal import HostModel
package import Profiles
internal import SourceText

/// `report --format json`, schema version 1: hosts in the order of their sources, then the summary.
package enum CapacityJSON {
  /// A host as one compact object.
  ///
  /// - Parameters:
  ///   - row: The host.
  ///   - told: What the user told of hosts; keys of what was not asked for are not there.
  /// - Returns: Its text, without an end of line.
  package static func host(_ row: HostRow, told: HostContext = HostContext()) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { object in
      object.string("source", row.source)
      object.string("failure", row.failure)
      guard row.failure == nil else { return }
      object.string("name", row.name)
      object.string("kernel", row.kernelRelease)
      object.string("arch", row.architecture)
      object.string("profile", row.profile)
      object.string("class", row.machineClass)
      object.number("machines", UInt64(max(0, row.machines)))
      object.string("zoneArguments", row.zoneArguments)
      object.string("verdict", row.verdict.rawValue)
      object.number("totalBytes", row.hasZones ? row.total.count : nil)
      object.number("kernelBytes", row.hasZones ? row.kernel.count : nil)
      object.number("movableBytes", row.hasZones ? row.movable.count : nil)
      object.ratio("movableToKernelRatio", row.hasZones ? row.ratio.number : nil)
      object.number("kernelHeadroomBytes", row.headroom?.count)
      object.number("kernelHeadroomWhenFullBytes", row.headroomWhenFull?.count)
      object.number("kernelHeadroomAtHorizonBytes", row.headroomAtHorizon)
      object.number("usedKernelBytes", row.used?.count)
      object.number("neededKernelBytes", row.needed?.count)
      object.number("unexplainedBytes", row.unexplained)
      object.number("maxSafeMovableBytes", row.maxSafeMovable?.count)
      object.object("recommendation") {
        $0.string("method", row.method.rawValue)
        $0.strings("arguments", row.arguments)
        $0.strings("remove", row.removedArguments)
        $0.string("reason", row.reason)
      }
      object.array("findings", row.findings) { writer, finding in
        writer.object {
          $0.string("rule", finding.rule)
          $0.string("code", finding.code)
          $0.string("severity", finding.severity.rawValue)
          $0.number("node", finding.node.map { UInt64($0.number) })
        }
      }
      object.number("unknownInputs", UInt64(row.unknownInputs))
      parts(row, &object)
      whatIf(row.outcome, &object)
      context(row, told, &object)
    }
    return writer.bytes
  }

  /// What the user told of hosts, where anything was told of any.
  private static func context(_ row: HostRow, _ told: HostContext, _ object: inout JSONWriter) {
    if told.labels != nil {
      object.object("labels") { for label in row.labels { $0.string(label.name, label.value) } }
    }
    if !told.groupings.isEmpty {
      object.array("groups", Array(zip(told.groupings, row.groups))) { writer, group in
        writer.object {
          $0.string("by", group.0.text)
          $0.string("group", group.1)
        }
      }
    }
    guard told.outlooks != nil else { return }
    object.object("outlook") {
      $0.ratio("monthsToTight", row.monthsToTight)
      ForecastJSON.crossing("tight", row.outlook?.tight, &$0)
      ForecastJSON.crossing("imbalanced", row.outlook?.imbalanced, &$0)
      $0.string("measuredUntil", row.outlook.map { ForecastJSON.stamp(Double($0.until)) })
      $0.string("mostGrowth", row.outlook?.mostGrowth)
      $0.string("notKnown", row.outlook.map(\.notKnown) ?? "no history of it")
    }
  }

  private static func parts(_ row: HostRow, _ object: inout JSONWriter) {
    object.array("nodes", row.nodes) { writer, node in
      writer.object {
        $0.number("node", UInt64(node.node.number))
        $0.number("kernelBytes", node.kernel.count)
        $0.number("movableBytes", node.movable.count)
        $0.number("freeKernelBytes", node.freeKernel.value?.count)
        $0.number("kernelHeadroomBytes", node.headroom.value?.count)
        $0.number("kernelHeadroomWhenFullBytes", node.full.value?.least.count)
        $0.string("verdict", node.verdict.rawValue)
      }
    }
    object.array("terms", row.terms) { writer, term in
      writer.object {
        $0.string("id", term.id.id)
        $0.number("node", term.node.map { UInt64($0.number) })
        $0.number("nowBytes", term.now.count)
        $0.number("projectedBytes", term.projected.count)
      }
    }
  }

  private static func whatIf(_ outcome: HostRow.Outcome?, _ object: inout JSONWriter) {
    switch outcome {
    case nil: object.null("whatIf")
    case .untold(let why): object.object("whatIf") { $0.string("notPlanned", why) }
    case .told(let outcome):
      object.object("whatIf") {
        $0.null("notPlanned")
        $0.string("profile", outcome.profile.name)
        $0.string("verdict", outcome.verdict.rawValue)
        $0.number("kernelBytes", outcome.kernel.count)
        $0.number("movableBytes", outcome.movable.count)
        $0.ratio("movableToKernelRatio", outcome.ratio.number)
        $0.number("kernelHeadroomAtHorizonBytes", outcome.headroomAtHorizon.value)
        $0.number("neededKernelBytes", outcome.needed.value?.count)
        $0.string("failure", outcome.failure)
      }
    }
  }

  /// What stands before the hosts.
  package static func opening(_ heading: CapacityHeading) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object {
      $0.number("schemaVersion", UInt64(1))
      $0.string("command", "report")
      $0.string("date", heading.date)
      $0.string("title", heading.title)
      $0.strings("whatIf", heading.whatIf.sentences)
    }
    return writer.bytes.dropLast() + Array(",\"hosts\":[\n".utf8)
  }

  /// What stands behind them.
  package static func closing(
    _ summary: CapacitySummary,
    profiles: [Profile],
    whatIf: WhatIf
  ) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { object in
      object.number("hosts", UInt64(summary.hosts))
      object.number("failed", UInt64(summary.failed))
      object.verdicts("verdicts", summary.verdicts)
      object.number("totalBytes", summary.total.count)
      object.number("kernelBytes", summary.kernel.count)
      object.number("movableBytes", summary.movable.count)
      object.number("possibleMovableBytes", summary.possible.count)
      object.number("excessMovableBytes", summary.excess.count)
      object.number("unsizedHosts", UInt64(summary.unsized))
      if whatIf.isEmpty {
        object.null("whatIf")
      } else {
        object.object("whatIf") {
          $0.verdicts("verdicts", summary.verdictsAfter)
          $0.number("worse", UInt64(summary.gotWorse))
          $0.number("better", UInt64(summary.gotBetter))
          $0.number("notPlanned", UInt64(summary.notPlanned))
        }
      }
      object.array("classes", CapacitySummary.sorted(summary.classes)) { $0.machines($1) }
      object.array("kernels", CapacitySummary.sorted(summary.kernels)) { $0.group($1) }
      object.array("profiles", CapacitySummary.sorted(summary.profiles)) { $0.group($1) }
      if !summary.groupings.isEmpty {
        object.array("groupings", summary.groupings) { $0.grouping($1) }
      }
      if let use = summary.labelUse { object.labelUse(use) }
      if let outlook = summary.outlook {
        object.object("outlook") {
          for span in OutlookCounts.Span.allCases {
            $0.number(span.rawValue, UInt64(outlook.hosts[span] ?? 0))
          }
        }
      }
    }
    var values = JSONWriter(pretty: false)
    values.list { list in
      for profile in profiles {
        list.item()
        list.profile(profile, changed: whatIf.isEmpty ? nil : whatIf.applied(to: profile))
      }
    }
    return Array("\n],\"summary\":".utf8) + writer.bytes + Array(",\n\"profiles\":".utf8)
      + values.bytes + Array("}\n".utf8)
  }
}

extension JSONWriter {
  fileprivate mutating func verdicts(_ key: String, _ counts: [Verdict: Int]) {
    object(key) {
      for verdict in Verdict.allCases {
        $0.number(verdict.rawValue, UInt64(counts[verdict] ?? 0))
      }
    }
  }

  private mutating func members(_ group: CapacityGroup) {
    string("name", group.name)
    number("hosts", UInt64(group.hosts))
    verdicts("verdicts", group.verdicts)
    number("totalBytes", group.total.count)
    number("movableBytes", group.movable.count)
    number("possibleMovableBytes", group.possible.count)
    number("excessMovableBytes", group.excess.count)
    number("unsizedHosts", UInt64(group.unsized))
    ratio("worstRatio", group.worstRatio?.number)
    number("leastHeadroomBytes", group.leastHeadroom?.count)
  }

  fileprivate mutating func group(_ group: CapacityGroup) { object { $0.members(group) } }

  fileprivate mutating func grouping(_ grouped: GroupedHosts) {
    object { object in
      object.string("by", grouped.grouping.text)
      object.array("groups", CapacitySummary.sorted(grouped.groups)) { $0.group($1) }
      object.object("without") {
        $0.number("hosts", UInt64(grouped.without.hosts))
        $0.strings("examples", grouped.examples)
      }
    }
  }

  fileprivate mutating func labelUse(_ use: LabelUse) {
    object("labels") {
      $0.string("file", use.file)
      $0.number("hostsWithout", UInt64(use.unlabelled))
      $0.strings("hostsWithoutExamples", use.unlabelledExamples)
      $0.number("unused", UInt64(use.unused))
      $0.strings("unusedExamples", use.unusedExamples)
    }
  }

  /// A machine class: the group, and what one change would do to it.
  fileprivate mutating func machines(_ group: CapacityGroup) {
    object { object in
      object.members(group)
      object.array("drift", group.drift) { writer, drift in
        writer.object {
          $0.string("of", drift.what)
          $0.array("values", drift.variants) { writer, variant in
            writer.object {
              $0.string("value", variant.value)
              $0.number("hosts", UInt64(variant.of.hosts))
              $0.strings("examples", variant.of.examples)
            }
          }
        }
      }
      do throws(NotPlanned) {
        let change = try group.needs.change()
        object.object("change") {
          $0.string("argument", change.argument)
          $0.number("kernelBytes", change.kernel.count)
          $0.number("movableBytes", change.movable.count)
          $0.string("notPossible", nil)
        }
      } catch {
        object.object("change") { $0.string("notPossible", error.description) }
      }
    }
  }

  /// A profile's values, with which every number can be checked.
  fileprivate mutating func profile(_ profile: Profile, changed: Profile?) {
    object { object in
      object.string("name", profile.name)
      object.key("values")
      object.values(profile)
      guard let changed else {
        object.null("whatIf")
        return
      }
      object.key("whatIf")
      object.values(changed)
    }
  }

  private mutating func values(_ profile: Profile) {
    object { object in
      object.string("fineRatio", "\(profile.limits.fine)")
      object.string("warningRatio", "\(profile.limits.warning)")
      object.number("minimumKernelPerNodeBytes", profile.limits.minimumKernelPerNode.count)
      object.number("horizonDays", Int64(profile.horizonDays))
      object.number("marginPercent", profile.margin.percent)
      object.number("marginMinimumBytes", profile.margin.minimum.count)
      object.array("growth", profile.growth.sorted { $0.key.id < $1.key.id }) { writer, term in
        writer.object {
          $0.string("term", term.key.id)
          $0.number("percent", term.value.percent)
          $0.string(
            "floorOfMemory",
            term.value.floorShare.map { "\($0.numerator)/\($0.denominator)" }
          )
        }
      }
      object.strings("planned", profile.planned.map(\.name))
    }
  }
}
