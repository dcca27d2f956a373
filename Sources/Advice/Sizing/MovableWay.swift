internal import HostModel
internal import KernelBehavior

/// How this host gets, or would get, its ZONE_MOVABLE.
enum MovableWay {
  /// By an argument at boot.
  case boot(BootSizes)
  /// Movable that no boot argument made was onlined: a policy decides there.
  case onlining
  /// By an argument, but the zones that it gives can't be predicted.
  case unknown(BootLayoutRefusal)

  init(_ facts: HostFacts, suiting needs: ClassNeeds? = nil, adding words: [String] = []) {
    let isOnlined =
      facts.hasMovable && facts.snapshot.commandLine.value != nil && !facts.asksForMovableAtBoot
    guard !isOnlined else {
      self = .onlining
      return
    }
    do throws(BootLayoutRefusal) {
      self = .boot(try BootSizes(facts, suiting: needs, adding: words))
    } catch {
      self = .unknown(error)
    }
  }
}
