internal import HostModel
internal import KernelBehavior

/// ZW303: an argument that kills the kernel before it prints anything.
package enum ArgumentCrashes: HostRule, ArgumentRule {
  package static let about = RuleDescription(
    code: "ZW303",
    slug: "argument-crashes",
    title: "This argument stops the kernel at boot",
    why: """
      `kernelcore` without a value makes the search for `mirror` read through a null pointer in \
      early boot: the machine stays dark, and no log tells why.
      """,
    observes: "the command line",
    severity: .error,
    remedy: "give kernelcore a size, or remove it",
    reference: "lib/cmdline.c, parse_option_str; mm/mm_init.c, cmdline_parse_kernelcore",
    kernels: "since 4.6"
  )

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.commandLine.value != nil else {
      return .unknown(context.snapshot.commandLine.reason, effect: "arguments in force are unknown")
    }
    let line = context.line
    guard !line.zones.words.isEmpty else { return .notApplicable }
    return .findings(findings(in: line))
  }

  /// The words of any command line that stop a kernel.
  package static func findings(in line: ArgumentContext) -> [Finding] {
    line.zones.words.compactMap { word in
      guard word.meaning == .crash else { return nil }
      return Finding(
        Self.self,
        .error,
        message: "\(word.argument.asWritten): the kernel reads a value that is not there "
          + "and dies in early boot",
        evidence: [line.evidence(word.argument).description],
        location: line.place(of: word.argument)
      )
    }
  }
}
