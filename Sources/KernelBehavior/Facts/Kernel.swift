package import HostModel

/// A kernel as far as it decides what happens: its version, architecture and config, and what it
/// shows of itself.
///
/// The one place to ask which of the changing behaviours it has.
package struct Kernel: Hashable, Sendable {
  package var version: Reading<KernelVersion>
  package var architecture: Reading<Architecture>
  package var config: Reading<KernelConfig>
  /// What the running kernel shows, by fact: stronger than its version, since distributions move
  /// changes to older releases.
  private var shown: [KernelFact: Bool] = [:]

  package init(
    version: Reading<KernelVersion>,
    architecture: Reading<Architecture> = .unknown(.undetermined("no architecture is told")),
    config: Reading<KernelConfig> = .unknown(.undetermined("no config is told"))
  ) {
    self.version = version
    self.architecture = architecture
    self.config = config
  }

  /// A kernel of which at most version and architecture are known.
  package init(version: KernelVersion?, architecture: Architecture? = nil) {
    self.init(
      version: version.map { .known($0) } ?? .unknown(.undetermined("no kernel version is told")),
      architecture: architecture.map { .known($0) }
        ?? .unknown(.undetermined("no architecture is told"))
    )
  }

  /// The kernel of a host.
  package init(_ snapshot: HostSnapshot) {
    self.init(
      version: snapshot.kernel,
      architecture: snapshot.architecture,
      config: snapshot.kernelConfig
    )
    for fact in KernelFact.all {
      if let look = fact.shown, let seen = look(snapshot) { shown[fact] = seen }
    }
  }

  /// One of which nothing is known: what the table assumes, which is a current kernel.
  package static let assumed = Kernel(version: nil)

  /// Whether this kernel does it; unknown, with the reason, where nothing tells.
  package func has(_ fact: KernelFact) -> Reading<Bool> {
    if let own = architecture.value, let places = fact.architectures, !places.contains(own) {
      return .known(false)
    }
    if !fact.options.isEmpty, let config = config.value {
      return .known(fact.options.contains { config[$0] == .yes })
    }
    if let seen = shown[fact] { return .known(seen) }
    // An option that no release brought may be off in any.
    if !fact.options.isEmpty, fact.since == nil, let reason = config.reason {
      return .unknown(reason)
    }
    if fact.architectures != nil, let reason = architecture.reason { return .unknown(reason) }
    if fact.since == nil, fact.until == nil { return .known(true) }
    return version.flatMap { version in
      guard let holds = fact.holds(in: version, on: architecture.value) else {
        return .unknown(
          .undetermined("\(version.release) doesn't tell the stable version it was built from")
        )
      }
      return .known(holds)
    }
  }

  /// Whether it does, or what the table assumes where nothing tells.
  package func hasOrAssumed(_ fact: KernelFact) -> Bool {
    has(fact).value ?? fact.assumption.holds
  }

  /// The same kernel as if its config could not be read: what its release alone decides.
  package var byRelease: Kernel {
    var kernel = self
    kernel.config = .unknown(.undetermined("the config is left out"))
    return kernel
  }

  /// Whether it is known that this kernel does not do it.
  package func lacks(_ fact: KernelFact) -> Bool { has(fact).value == false }

  /// What `hasOrAssumed` takes for granted of these facts, a sentence each.
  package func assumptions(of facts: [KernelFact]) -> [String] {
    var sentences: [String] = []
    for fact in facts {
      guard case .unknown(let reason) = has(fact) else { continue }
      var sentence = "\(reason): \(fact.assumption.reason)"
      if reason == version.reason {
        let assumption =
          fact.assumption.holds ? KernelFact.Assumption.currentKernel : fact.assumption
        sentence = "the kernel's version is not known: \(assumption.reason)"
      }
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    return sentences
  }
}
