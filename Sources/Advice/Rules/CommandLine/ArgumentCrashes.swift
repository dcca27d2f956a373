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

  package struct Detail: FindingDetail {
    package var argument: String
    package var amounts: FindingAmounts { [:] }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .error }

  package static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.argument): the kernel reads a value that is not there and dies in early boot"
    )
  }

  package static func remedy(for detail: Detail) -> Remedy {
    .boot(without: detail.argument, note: "or give it a size")
  }

  package static func check(_ context: RuleContext) -> RuleOutcome {
    context.checkZoneWords(with: self)
  }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    line.zones.words.filter { $0.meaning == .crash }.map { word in
      line.finding(of: Self.self, Detail(argument: word.argument.asWritten), word.argument)
    }
  }
}
