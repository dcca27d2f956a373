internal import Advice
internal import HostModel
internal import MachineSpec
internal import Synchronization

/// What was said of the classes of one spec: fleets have many classes of the same machine under
/// other names, and these are judged once.
///
/// Only what a file, a profile's name and the machine decide is kept; two threads that judge the same
/// machine at once come to the same answer. What it holds does not grow with the spec.
final class JudgedClasses: Sendable {
  /// A class under all of its kernels, without its name and the places of what was found.
  struct Outcome: Sendable {
    var found: FoundByKernel
    /// The worst over its kernels; nil where there is no machine to judge.
    var verdict: Verdict?
    var movable: ClosedRange<ByteCount>?
    var assumptions: [String] = []

    init(found: FoundByKernel) { self.found = found }
  }

  /// Kinds of machines that are remembered; a spec of more is judged in full from there on.
  private static let limit = 1024

  private let outcomes = Mutex<[MachineClass: Outcome]>([:])

  subscript(kind: MachineClass) -> Outcome? { outcomes.withLock { $0[kind] } }

  func keep(_ outcome: Outcome, for kind: MachineClass) {
    outcomes.withLock { outcomes in
      guard outcomes.count < Self.limit else { return }
      outcomes[kind] = outcome
    }
  }
}
