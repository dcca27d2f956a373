internal import Advice
internal import BootArguments
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Reports

/// What `cmdline` was asked: the arguments, and what is known of the machine that they are for.
struct BootQuestion {
  /// Nil where no machine is needed.
  var machine: SourceMachine?
  /// Nil where what is in use is not known, or was not asked.
  var assessment: Assessment?
  /// Nil where there is nothing to set.
  var request: BootRequest?
}

/// Makes a promise of what was asked.
enum PromiseMaker {
  /// The promise as a file has it.
  ///
  /// - Throws: Why nothing can be promised.
  static func promise(_ asked: BootQuestion, on day: String) throws -> [UInt8] {
    guard let machine = asked.machine else {
      throw NothingJudged(message: "nothing can be promised without a machine: name one")
    }
    let change = asked.request?.change
    let terms = BootPromise.Terms(
      machine: machine.name,
      date: day,
      arguments: (change?.set ?? []).map(\.word),
      removed: (change?.removals ?? []).filter { $0.values == nil }.map(\.key)
    )
    do throws(PromiseRefusal) {
      let machines = try machine.members.map { (member) throws(PromiseRefusal) in
        try promised(member, change)
      }
      return PromiseJSON.render(
        try BootPromise(terms, on: machines, assessed: asked.assessment)
      )
    } catch {
      throw NothingJudged(message: "\(machine.name): \(error)")
    }
  }

  private static func promised(
    _ member: SourceMachine.Member,
    _ change: ArgumentChange?
  ) throws(PromiseRefusal) -> BootPromise.Machine {
    let inputs: BootLayoutInputs
    do throws(BootLayoutRefusal) { inputs = try member.inputs() } catch { throw .layout(error) }
    let own = CommandLine(inputs.commandLine ?? "")
    return BootPromise.Machine(
      inputs,
      source: member.snapshot.source,
      commandLine: (change.map { own.applying($0) } ?? own).text,
      blockSize: member.blockSize
    )
  }
}

extension SourceMachine {
  /// Whether it tells what is in use: a boot log does not.
  var tellsUse: Bool { members.allSatisfy { $0.snapshot.zoneinfo.value != nil } }
}
