package import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `plan --format json`, schema version 1.
package enum PlanJSON {
  package static func render(_ plan: GrowthPlan) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "plan")
      start(plan, &root)
      settings(plan.machine.settings, &root)
      root.array("steps", plan.steps) { writer, step in
        writer.object { self.step(step, plan.machine, &$0) }
      }
      if let failure = plan.firstFailure {
        root.object("firstFailure") {
          $0.number("step", UInt64(failure.step))
          $0.number("totalBytes", failure.total.count)
          $0.string("reason", failure.reason)
        }
      } else {
        root.null("firstFailure")
      }
      root.number("physicalLimitBytes", plan.physicalLimit?.count)
      root.number("maxSafeTotalBytes", plan.maxSafeTotal.count)
      root.number("maxBytes", plan.goal?.count)
      root.number("neededBootBytes", plan.neededBoot?.count)
      root.number("safeStepBytes", plan.safeStep?.count)
      root.object("recommendation") {
        $0.strings("arguments", plan.arguments.arguments)
        $0.number("autoMovableRatio", plan.arguments.ratio)
        $0.string("reason", plan.arguments.reason.text)
      }
      root.array("findings", plan.findings) { $0.finding($1) }
      root.strings("assumptions", plan.machine.assumptions)
    }
    return writer.bytes + [0x0A]
  }

  private static func start(_ plan: GrowthPlan, _ root: inout JSONWriter) {
    let machine = plan.machine
    let start = GrowthSimulation(machine)
    root.object("start") {
      $0.string("source", plan.source?.kind.rawValue)
      $0.number("totalBytes", machine.size.count)
      $0.number("kernelBytes", start.kernel.count)
      $0.number("movableBytes", start.movable.count)
      $0.number("kernelEarlyPages", machine.memory.kernelEarly.count)
      $0.number("kernelHeadroomBytes", start.totalHeadroom.count)
      $0.number("blockSizeBytes", machine.blockSize.count)
      $0.string("verdict", start.verdict().rawValue)
    }
  }

  private static func settings(_ settings: OnliningSettings, _ root: inout JSONWriter) {
    root.object("settings") {
      $0.string("defaultState", settings.defaultState.value.rawValue)
      $0.string("onlinePolicy", settings.policy.value.rawValue)
      $0.number("autoMovableRatio", settings.autoMovableRatio.value)
      $0.bool("autoMovableNumaAware", settings.numaAware.value)
      $0.string("memmapOnMemory", settings.memmapOnMemory.value.rawValue)
      $0.bool("movableNode", settings.movableNode.value)
      $0.object("origins") {
        $0.string("defaultState", settings.defaultState.origin)
        $0.string("onlinePolicy", settings.policy.origin)
        $0.string("autoMovableRatio", settings.autoMovableRatio.origin)
        $0.string("autoMovableNumaAware", settings.numaAware.origin)
        $0.string("memmapOnMemory", settings.memmapOnMemory.origin)
      }
    }
  }

  private static func step(
    _ step: GrowthPlan.Step,
    _ machine: GrowthMachine,
    _ object: inout JSONWriter
  ) {
    let outcome = step.outcome
    object.string("device", step.request.text)
    object.string("name", step.request.name)
    object.string("zone", step.zoneName)
    object.string("reason", step.reason(machine))
    object.number("memmapBytes", outcome.memmap.bytes.count)
    object.string("memmapPaidBy", outcome.memmap.payer.rawValue)
    object.number("wastedBytes", outcome.memmap.wasted.count)
    object.array("paidByNodes", outcome.paid.sorted { $0.key < $1.key }) { writer, paid in
      writer.object {
        $0.number("node", UInt64(paid.key.number))
        $0.number("bytes", paid.value.count)
      }
    }
    object.array("blocks", outcome.runs) { writer, run in
      writer.object {
        $0.number("count", run.blocks)
        $0.string("zone", run.zone?.name)
      }
    }
    object.number("totalBytes", step.total.count)
    object.number("kernelBytes", step.kernel.count)
    object.number("movableBytes", step.movable.count)
    object.ratio("movableToKernelRatio", step.ratio.number)
    object.number("kernelHeadroomBytes", step.headroom.count)
    object.number("kernelHeadroomWhenFullBytes", step.headroomWhenFull.count)
    object.string("verdict", step.verdict.rawValue)
  }
}
