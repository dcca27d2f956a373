package import HostModel
package import KernelBehavior
package import KernelText
package import Profiles

/// A command line as a kernel takes it, for rules about its words.
package struct ArgumentContext: Sendable {
  /// Every word in front of a bare `--`.
  package var words: [KernelArgument]
  /// What those about ZONE_MOVABLE come to.
  package var zones: ZoneArguments
  package var pageSize: PageSize
  package var limits: Profile.Limits
  package var kernel: Kernel
  /// The largest block of the page allocator: what is larger is gigantic.
  package var largestBlock: ByteCount
  /// Whether something stands among the words that nobody knows: a variable, a template's value.
  package var hasGaps = false
  /// What becomes of the order of the words before a kernel reads them.
  package var order = ArgumentOrder.asWritten
  /// Whether these are all the words that the kernel gets, as far as a file can tell.
  package var isWhole = false
  /// Sizes that huge pages have where this kernel runs.
  package var hugePageSizes: Set<ByteCount>
  /// Whether the machine that it boots has ZONE_MOVABLE then; nil where no machine is known, and
  /// the words are all there is to judge.
  package var givesMovable: Bool?

  package init(
    words: [KernelArgument],
    zones: ZoneArguments,
    pageSize: PageSize,
    maxOrder: UInt8? = nil,
    kernel: Kernel,
    limits: Profile.Limits,
    givesMovable: Bool?
  ) {
    self.words = words
    self.zones = zones
    self.pageSize = pageSize
    self.limits = limits
    self.kernel = kernel
    let order = maxOrder ?? (kernel.architecture.value ?? .x86_64).usualMaxOrder(pageSize)
    largestBlock = pageSize.bytes * (1 << UInt64(min(order, 32)))
    self.givesMovable = givesMovable
    hugePageSizes = HugePageSize.all(kernel.architecture.value, pageSize)
  }

  /// A command line without a machine.
  ///
  /// - Parameters:
  ///   - line: The line as the boot loader gives it.
  ///   - kernel: Its release; nil for the newest.
  ///   - architecture: Nil for the usual one.
  ///   - pageSize: Nil for the architecture's usual one.
  ///   - limits: What ratio is too much.
  package init(
    _ line: String,
    kernel: KernelVersion?,
    architecture: Architecture?,
    pageSize: PageSize?,
    limits: Profile.Limits
  ) {
    let size = pageSize ?? architecture?.usualPageSize ?? .kib4
    let words = KernelCommandLineText.arguments(line)
    let kernel = Kernel(version: kernel, architecture: architecture)
    self.init(
      words: words,
      zones: ZoneArguments(
        arguments: words,
        pageSize: size,
        kernel: kernel,
        is64Bit: architecture?.is64Bit ?? true
      ),
      pageSize: size,
      kernel: kernel,
      limits: limits,
      givesMovable: nil
    )
    if pageSize == nil { hugePageSizes = HugePageSize.all(architecture, nil) }
  }

  /// A finding about one word, which is its place and its evidence.
  func finding<R: Rule>(
    of rule: R.Type,
    _ detail: R.Detail,
    _ argument: KernelArgument,
    and more: [Evidence] = []
  ) -> Finding {
    rule.finding(
      detail,
      on: .argument(argument.asWritten),
      at: .commandLine(byte: argument.range.lowerBound, column: argument.column),
      evidence: [Evidence("/proc/cmdline", nil, argument.asWritten)] + more
    )
  }

  /// The last argument of that name (`-` is `_`).
  func last(_ name: String) -> KernelArgument? { words.last { $0.normalizedName == name } }
}

extension KernelArgument {
  /// The word without quotes: `kernelcore=1G`.
  var asWritten: String { name + (value.map { "=\($0)" } ?? "") }
}

extension ArgumentContext {
  /// A host's command line, as its kernel took it.
  init(_ facts: HostFacts, limits: Profile.Limits) {
    self.init(
      words: facts.arguments,
      zones: ZoneArguments(
        commandLine: facts.snapshot.commandLine.value ?? "",
        pageSize: facts.pageSize,
        kernel: facts.kernel,
        is64Bit: facts.snapshot.architecture.value?.is64Bit ?? true
      ),
      pageSize: facts.pageSize,
      maxOrder: facts.snapshot.maxOrder.value,
      kernel: facts.kernel,
      limits: limits,
      givesMovable: facts.hasMovable
    )
  }
}

extension RuleContext {
  /// The outcome of every rule about this host's arguments where they could not be read.
  var lineUnknown: RuleOutcome? {
    guard snapshot.commandLine.value == nil else { return nil }
    return .unknown(snapshot.commandLine.reason, effect: "arguments in force are unknown")
  }

  /// What a rule finds in this host's words about zones, where there are any.
  func checkZoneWords(with rule: any ArgumentRule.Type) -> RuleOutcome {
    if let lineUnknown { return lineUnknown }
    return line.zones.words.isEmpty ? .notApplicable : .findings(rule.findings(in: line))
  }
}
