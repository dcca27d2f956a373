package import Advice
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import SourceText

/// `advise --format json`, schema version 1.
package enum AssessmentJSON {
  package static func render(_ assessment: Assessment) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "advise")
      host(assessment, &root)
      root.object("profile") {
        $0.string("name", assessment.profile.name)
        $0.string("chosenBy", assessment.profileChoice.rawValue)
      }
      standing("current", assessment.current, &root)
      demand(assessment.demand.value, &root)
      sizing(assessment.sizing.value, &root)
      want(assessment.wish, &root)
      NeedsJSON.write(assessment.needs, &root)
      recommendation(assessment, &root)
      BootOutcomeJSON.write(assessment, &root)
      root.array("findings", assessment.findings) { $0.finding($1) }
      root.strings("passed", assessment.passed)
      root.array("substituted", assessment.snapshot.substitutes) { writer, substitute in
        writer.object {
          $0.string("input", substitute.input)
          $0.string("from", substitute.from)
        }
      }
      root.array("unknown", assessment.unknown) { writer, input in
        writer.object {
          $0.string("input", input.input)
          $0.string("reason", input.reason)
          $0.string("effect", input.effect)
        }
      }
    }
    return writer.bytes + [0x0A]
  }

  private static func host(_ assessment: Assessment, _ root: inout JSONWriter) {
    let snapshot = assessment.snapshot
    root.object("host") {
      $0.string("name", snapshot.hostName.value)
      $0.string("kernel", snapshot.kernel.value?.release)
      $0.string("arch", snapshot.architecture.value?.rawValue)
      $0.number("pageSizeBytes", assessment.pageSize.bytes.count)
      $0.string("cmdline", snapshot.commandLine.value)
      if !assessment.kernels.isEmpty { $0.strings("kernels", assessment.kernels) }
    }
    if !assessment.assumptions.isEmpty { root.strings("assumptions", assessment.assumptions) }
  }

  /// Where a host stands, now or after a boot that is asked about.
  static func standing(_ key: String, _ current: CurrentBalance, _ root: inout JSONWriter) {
    root.object(key) {
      $0.number("kernelBytes", current.kernel.count)
      $0.number("movableBytes", current.movable.count)
      if current.highMemory > .zero { $0.number("highMemoryBytes", current.highMemory.count) }
      $0.ratio("movableToKernelRatio", current.ratio.number)
      $0.number("kernelHeadroomBytes", current.headroom.value?.count)
      $0.number("kernelHeadroomWhenFullBytes", current.full.value?.least.count)
      whenFull(current.full.value, &$0)
      $0.string("verdict", current.verdict.rawValue)
      $0.array("nodes", current.nodes) { writer, node in
        writer.object {
          $0.number("node", UInt64(node.node.number))
          $0.number("kernelBytes", node.kernel.count)
          $0.number("movableBytes", node.movable.count)
          if node.highMemory > .zero { $0.number("highMemoryBytes", node.highMemory.count) }
          $0.ratio("movableToKernelRatio", node.ratio.number)
          $0.number("freeKernelBytes", node.freeKernel.value?.count)
          $0.number("kernelHeadroomBytes", node.headroom.value?.count)
          $0.number("kernelHeadroomWhenFullBytes", node.full.value?.least.count)
          $0.string("verdict", node.verdict.rawValue)
        }
      }
    }
  }

  /// The terms of what is left once user memory fills the host.
  private static func whenFull(_ full: FullHeadroom?, _ root: inout JSONWriter) {
    guard let full else {
      root.null("whenFull")
      return
    }
    root.object("whenFull") {
      $0.string("reclaim", full.reclaim.rawValue)
      $0.bool("reclaimAssumed", full.isReclaimAssumed)
      $0.number("userMemoryBytes", full.user.count)
      $0.number("inKernelZonesNowBytes", full.userNow.count)
      $0.number("inKernelZonesBytes", full.userWhenFull.count)
      $0.number("inKernelZonesLikelyBytes", full.userLikely.count)
      $0.number("pageCacheTracesBytes", full.traces.count)
      $0.number("swapBytes", full.isSwapUnknown ? nil : full.swap.count)
      $0.number("likelyHeadroomBytes", full.likely.count)
    }
  }

  private static func demand(_ demand: Demand?, _ root: inout JSONWriter) {
    root.object("demand") {
      $0.array("terms", demand?.terms ?? []) { writer, term in
        writer.object {
          $0.string("id", term.id.id)
          $0.number("node", term.node.map { UInt64($0.number) })
          $0.number("nowBytes", term.now.count)
          $0.number("projectedBytes", term.projected.count)
          $0.string("source", term.source)
          $0.string("formula", term.formula)
        }
      }
      $0.number("nowBytes", demand?.now.count)
      $0.number("projectedBytes", demand?.projected.count)
      $0.number("growthBytes", demand?.growth.count)
      $0.number("reserveBytes", demand?.reserve.count)
      $0.number("marginBytes", demand?.margin.count)
      $0.number("unexplainedBytes", demand?.unexplained)
    }
  }

  private static func sizing(_ sizing: Sizing?, _ root: inout JSONWriter) {
    root.object("sizing") {
      $0.number("neededKernelBytes", sizing?.neededKernel.count)
      $0.number("maxSafeMovableBytes", sizing?.maxSafeMovable.count)
      $0.ratio("maxSafeRatio", sizing?.maxSafeRatio.number)
      $0.string("limitedBy", sizing?.limitedBy.id)
      $0.number("reserveBytes", sizing?.reserve.count)
    }
  }

  private static func want(_ answer: WishAnswer?, _ root: inout JSONWriter) {
    guard let answer else {
      root.null("want")
      return
    }
    root.object("want") {
      $0.string("request", answer.wish.description)
      $0.number("movableBytes", answer.movable.count)
      $0.number("givesMovableBytes", answer.gives?.count)
      $0.bool("safe", answer.isSafe)
      $0.array("nearest", answer.nearest) { list, option in
        list.object {
          $0.string("arguments", option.argument)
          $0.number("givesMovableBytes", option.movable.count)
          $0.bool("safe", option.isSafe)
          $0.string("cost", option.cost?.text)
        }
      }
    }
  }

  private static func recommendation(_ assessment: Assessment, _ root: inout JSONWriter) {
    let recommendation = assessment.recommendation
    root.object("recommendation") {
      $0.string("method", recommendation.method.rawValue)
      $0.strings("arguments", recommendation.arguments)
      $0.strings("remove", recommendation.remove)
      $0.bool("rebootNeeded", recommendation.rebootNeeded)
      $0.string("reason", recommendation.reason.text)
      $0.number("holdsWithinBytes", recommendation.holdsWithin?.count)
      if let drift = recommendation.memberDrift { $0.number("memberDriftBytes", drift.count) }
      if let predicted = recommendation.predicted {
        $0.object("predicted") { PredictionJSON.members(predicted, &$0) }
      } else {
        $0.null("predicted")
      }
    }
  }
}

extension JSONWriter {
  /// A finding, in the form that every command shares.
  mutating func finding(_ finding: Finding) {
    object { $0.members(of: finding) }
  }

  /// What every finding says, in an object that may say more.
  mutating func members(of finding: Finding) {
    string("rule", finding.rule)
    string("code", finding.code)
    string("severity", finding.severity.rawValue)
    string("message", finding.message)
    strings("evidence", finding.evidence.map(\.description))
    string("remedy", finding.remedy)
    change(finding.changes)
    string("reference", finding.reference)
    object("subject") {
      $0.string("kind", finding.subject.kind)
      $0.string("name", finding.subject.name)
    }
    amounts("amounts", finding.amounts)
    if !finding.elsewhere.isEmpty {
      array("elsewhere", finding.elsewhere) { writer, place in
        writer.object {
          $0.number("node", place.node.map { UInt64($0.number) })
          $0.amounts("amounts", place.amounts)
        }
      }
    }
    number("node", finding.node.map { UInt64($0.number) })
    if let place = finding.location { location("location", place) } else { null("location") }
  }

  /// What a program changes to cure a finding; null where none can.
  private mutating func change(_ changes: [Change]) {
    guard !changes.isEmpty else {
      null("change")
      return
    }
    object("change") {
      $0.strings("addArguments", changes.flatMap(\.added))
      $0.strings("removeArguments", changes.flatMap(\.removed))
      $0.array("settings", changes.compactMap(\.setting)) { list, setting in
        list.object {
          $0.string("path", setting.path)
          $0.string("sysctl", setting.sysctl)
          $0.string("value", setting.value)
        }
      }
      $0.array("specKeys", changes.compactMap(\.specKey)) { list, key in
        list.object {
          $0.string("key", key.key)
          $0.string("value", key.value)
        }
      }
    }
  }

  /// Amounts by name and unit, as everywhere: `sizeBytes`, `allowedPercent`.
  fileprivate mutating func amounts(_ key: String, _ amounts: FindingAmounts) {
    object(key) {
      for element in amounts.elements {
        switch element.amount {
        case .bytes(let bytes): $0.number(element.name + "Bytes", bytes.count)
        case .pages(let pages): $0.number(element.name + "Pages", pages.count)
        case .count(let count): $0.number(element.name, count)
        case .percent(let percent): $0.number(element.name + "Percent", percent)
        case .ratio(let ratio): $0.ratio(element.name + "Ratio", ratio.number)
        }
      }
    }
  }

  mutating func location(_ key: String, _ location: SourceLocation) {
    object(key) {
      $0.string("file", location.file)
      $0.number("line", Int64(location.line))
      $0.number("column", Int64(location.column))
    }
  }
}
