package import HostModel

/// One thing that Linux does on some kernels and not on others: a row of the one table of them.
///
/// Nothing else in the program compares versions: it asks a `Kernel` for a fact.
package struct KernelFact: Sendable {
  /// A slug: the fact's name in the documentation, and what it is told apart by.
  package let name: String
  /// What the kernel does, in one sentence.
  package let statement: String
  /// The first mainline release that does it; nil where no release decides.
  package let since: KernelRelease?
  /// The first mainline release that does it no more.
  package let until: KernelRelease?
  /// Where an architecture began with another release.
  package let sinceOn: [Architecture: KernelRelease]
  /// Stable releases that took the change over, one for each series.
  package let stable: [KernelRelease]
  /// Where it is done at all; nil for everywhere.
  package let architectures: Set<Architecture>?
  /// Any of these decides, where the config is known: the same option under its names over time.
  package let options: [KernelOption]
  package let source: Source
  package let assumption: Assumption
  /// What a running kernel shows of it; nil where it shows nothing.
  package let shown: (@Sendable (HostSnapshot) -> Bool?)?

  /// Where it can be read.
  package struct Source: Hashable, Sendable {
    package let file: String
    package let function: String
    /// The commit that brought it, where it is known.
    package let commit: String?

    package init(_ file: String, _ function: String, commit: String? = nil) {
      self.file = file
      self.function = function
      self.commit = commit
    }
  }

  /// What counts where nothing tells.
  package enum Assumption: Hashable, Sendable {
    case holds(because: String)
    case doesNotHold(because: String)

    package var holds: Bool {
      switch self {
      case .holds: true
      case .doesNotHold: false
      }
    }

    package var reason: String {
      switch self {
      case .holds(let reason), .doesNotHold(let reason): reason
      }
    }

    /// Of a change that is years old.
    package static let currentKernel = Assumption.holds(because: "a current kernel is assumed")
  }

  package init(
    _ name: String,
    _ statement: String,
    since: KernelRelease? = nil,
    until: KernelRelease? = nil,
    sinceOn: [Architecture: KernelRelease] = [:],
    stable: [KernelRelease] = [],
    architectures: Set<Architecture>? = nil,
    options: [KernelOption] = [],
    source: Source,
    assumption: Assumption = .currentKernel,
    shown: (@Sendable (HostSnapshot) -> Bool?)? = nil
  ) {
    self.name = name
    self.statement = statement
    self.since = since
    self.until = until
    self.sinceOn = sinceOn
    self.stable = stable.sorted()
    self.architectures = architectures
    self.options = options
    self.source = source
    self.assumption = assumption
    self.shown = shown
  }

  /// The first release as messages name it.
  package var firstRelease: String { since.map { "\($0)" } ?? "every release" }

  /// Every fact, in the order of the documentation.
  package static let all: [KernelFact] = groups.flatMap(\.facts)

  /// The facts by subject; a new file of facts is one line here.
  package static let groups: [(title: String, facts: [KernelFact])] = [
    ("Dividing memory at boot", bootLayout),
    ("Setting memory apart at boot", reservations),
    ("HugeTLB pages on the command line", hugeTLBArguments),
    ("Adding and onlining memory", hotplug),
    ("Taking memory offline", offlining),
    ("Pinning, migration and balloons", migration),
    ("Accounting", accounting),
    ("Reclaiming user memory", reclaim),
  ]
}

extension KernelFact: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension KernelFact {
  /// What the numbers of a release say, nil where they don't decide.
  ///
  /// - Parameters:
  ///   - version: The kernel's release.
  ///   - architecture: The kernel's architecture, nil where it is not known.
  /// - Returns: Whether that kernel does it; nil where a distribution hides the stable release that
  ///   would tell.
  func holds(in version: KernelVersion, on architecture: Architecture?) -> Bool? {
    let numbers = version.releaseNumber
    if let until, numbers >= until { return false }
    guard let since = architecture.flatMap({ sinceOn[$0] }) ?? since else { return true }
    if numbers >= since { return true }
    if let first = stable.first(where: { $0.series == numbers.series }), numbers >= first {
      return true
    }
    guard version.hidesPatch, let oldest = stable.first else { return false }
    return numbers < oldest.series ? false : nil
  }
}
