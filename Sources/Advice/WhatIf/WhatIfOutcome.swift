package import HostModel
internal import KernelBehavior
package import Profiles

/// A host as it would be under a what-if: what a planner puts beside today's figures.
package struct WhatIfOutcome: Sendable {
  package var profile: Profile
  package var kernel: ByteCount
  package var movable: ByteCount
  /// What the kernel zones must hold at the horizon.
  package var needed: Reading<ByteCount>
  /// What of the headroom is left once the kernel has grown to the horizon; negative where it is
  /// not enough.
  package var headroomAtHorizon: Reading<Int64>
  package var verdict: Verdict
  /// Why a device can't be added, where one can't.
  package var failure: String?

  package var ratio: MovableRatio { MovableRatio(movable, to: kernel) }
}

/// Why a host's future can't be told.
package struct NotPlanned: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String
}

extension Advisor {
  /// What a what-if makes of a host.
  ///
  /// - Parameters:
  ///   - snapshot: The host.
  ///   - profile: By which it is judged.
  ///   - whatIf: What is changed.
  ///   - line: Its whole command line with the arguments that are asked about; nil where none are.
  /// - Returns: Where it would stand.
  /// - Throws: What is missing to plan it.
  package static func outcome(
    _ snapshot: HostSnapshot,
    profile: Profile,
    whatIf: WhatIf,
    booting line: String? = nil
  ) throws(NotPlanned) -> WhatIfOutcome {
    let changed = whatIf.applied(to: profile)
    do throws(AssessmentError) {
      let facts = try HostFacts(snapshot)
      let demand = DemandModel(facts: facts, survey: TermMeasurement(facts), profile: changed)
        .demand()
      if let line {
        guard whatIf.additions.isEmpty else {
          throw AssessmentError(
            input: "devices",
            reason: .undetermined("other arguments come by a boot: ask for one of the two")
          )
        }
        return try booted(line, facts, demand: demand, profile: changed)
      }
      let standing = CurrentBalance.judge(facts, demand: demand, profile: changed)
      guard !whatIf.additions.isEmpty else {
        return WhatIfOutcome(standing, demand: demand, profile: changed)
      }
      guard case .known(let known, _) = demand else {
        throw AssessmentError(
          input: "/proc/zoneinfo",
          reason: demand.reason ?? .undetermined("no demand")
        )
      }
      let machine = try GrowthMachine(
        facts,
        demand: known,
        profile: changed,
        settings: OnliningSettings(snapshot)
      )
      if let obstacle = machine.obstacle(to: whatIf.additions, on: snapshot) { throw obstacle }
      return WhatIfOutcome(machine, facts, adding: whatIf.additions, demand: known)
    } catch {
      throw NotPlanned(description: "\(error.input): \(error.reason)")
    }
  }

  private static func booted(
    _ line: String,
    _ facts: HostFacts,
    demand: Reading<Demand>,
    profile: Profile
  ) throws(AssessmentError) -> WhatIfOutcome {
    do throws(BootLayoutRefusal) {
      let boot = try BootOutcome(line, facts, demand: demand, sizing: nil, profile: profile)
      return WhatIfOutcome(boot.standing, demand: boot.demand, profile: profile)
    } catch {
      throw AssessmentError(input: "the zones", reason: .undetermined("\(error)"))
    }
  }
}

extension Assessment {
  /// What of the headroom is left once the kernel has grown to the horizon.
  package var headroomAtHorizon: Reading<Int64> {
    WhatIfOutcome.left(current.headroom, after: demand)
  }
}

extension WhatIfOutcome {
  fileprivate init(_ standing: CurrentBalance, demand: Reading<Demand>, profile: Profile) {
    self.profile = profile
    kernel = standing.kernel
    movable = standing.movable
    needed = demand.map(\.needed)
    headroomAtHorizon = Self.left(standing.headroom, after: demand)
    verdict = standing.verdict
  }

  fileprivate static func left(
    _ headroom: Reading<ByteCount>,
    after demand: Reading<Demand>
  ) -> Reading<Int64> {
    headroom.and(demand).map { headroom, demand in
      difference(headroom, demand.growth)
    }
  }

  private static func difference(_ left: ByteCount, _ right: ByteCount) -> Int64 {
    Int64(clamping: left.count).subtractingReportingOverflow(Int64(clamping: right.count))
      .partialValue
  }

  /// The machine after the devices; it stops at one that fails.
  fileprivate init(
    _ machine: GrowthMachine,
    _ facts: HostFacts,
    adding additions: [GrowthStep],
    demand: Demand
  ) {
    var simulation = GrowthSimulation(machine)
    var paid = ByteCount.zero
    var failure: String?
    for step in additions {
      let outcome = simulation.add(step)
      if let reason = outcome.failure {
        failure = "\(step.text): \(reason.text(for: step))"
        break
      }
      paid += outcome.paid.values.total()
    }
    let need = machine.need
    let kept = ReserveOutlook.change(facts, after: simulation)
    profile = machine.profile
    kernel = simulation.kernel
    movable = simulation.movable
    let more =
      paid + need.growth(from: machine.size, to: simulation.total)
      + need.spare(total: simulation.total).subtractingOrZero(need.spare(total: machine.size))
    let reserve = ByteCount(kept.magnitude)
    needed = .known(
      kept < 0
        ? (demand.needed + more).subtractingOrZero(reserve) : demand.needed + more + reserve
    )
    headroomAtHorizon = .known(
      Self.difference(simulation.totalHeadroom, need.growth(total: simulation.total))
        .subtractingReportingOverflow(kept).partialValue
    )
    self.failure = failure
    verdict = failure == nil ? simulation.verdict() : .impossible
  }
}
