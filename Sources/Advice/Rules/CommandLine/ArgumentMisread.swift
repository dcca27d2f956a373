internal import HostModel
internal import KernelBehavior

/// ZW301: the kernel reads another size than was meant.
package enum ArgumentMisread: HostRule, ArgumentRule {
  package static let about = RuleDescription(
    code: "ZW301",
    slug: "argument-misread",
    title: "The kernel reads this size differently",
    why: """
      Sizes are read with the C library's rules and stop silently where those stop: a number \
      without suffix is bytes, 1.5G is one byte, 010G is octal, 0x1E has no suffix, whatever \
      follows a suffix is dropped. No message tells.
      """,
    observes: "kernelcore= and movablecore= in /proc/cmdline",
    severity: RuleSeverity(
      .note ... .error,
      usual: .error,
      "error where the size that was read is nothing, warning else, note for a dropped rest"
    ),
    remedy: "write whole numbers with one suffix: kernelcore=1536M",
    reference: "lib/cmdline.c, memparse; mm/mm_init.c, cmdline_parse_core",
    kernels: "all; percentages since 4.17"
  )

  package static func check(_ context: RuleContext) -> RuleOutcome {
    guard context.snapshot.commandLine.value != nil else {
      return .unknown(context.snapshot.commandLine.reason, effect: "arguments in force are unknown")
    }
    let line = context.line
    guard !line.zones.words.isEmpty else { return .notApplicable }
    return .findings(findings(in: line))
  }

  /// The misread words of any command line.
  package static func findings(in line: ArgumentContext) -> [Finding] {
    line.zones.words.flatMap { word in
      word.traps.compactMap { trap in
        guard let (severity, why) = judge(trap, of: word) else { return nil }
        // All memory on one side that gave no zone is argument-without-effect's.
        if case .percentAtLeast100 = trap, line.givesMovable == false { return nil }
        let text = word.argument.asWritten
        return Finding(
          Self.self,
          severity,
          message: "\(text) is read as \(meaning(of: word, line.pageSize)): \(why)",
          evidence: [line.evidence(word.argument).description],
          location: line.place(of: word.argument)
        )
      }
    }
  }

  /// What a word came to: `1.00 GiB`, `30 %`.
  private static func meaning(of word: ZoneArgumentWord, _ pageSize: PageSize) -> String {
    switch word.meaning {
    case .pages(let pages): pages == .zero ? "nothing" : pages.bytes(of: pageSize).text
    case .percent(let percent): "\(percent) %"
    case .mirror: "mirrored memory only"
    case .movableNode: "hot-pluggable nodes"
    case .nothing: "nothing"
    case .crash: "a crash"
    }
  }

  /// Whether a word came to nothing because it was misread.
  static func explains(_ word: ZoneArgumentWord) -> Bool {
    word.meaning == .pages(.zero) && word.traps.contains { judge($0, of: word) != nil }
  }

  private static func judge(
    _ trap: ZoneArgumentWord.Trap,
    of word: ZoneArgumentWord
  ) -> (Finding.Severity, String)? {
    let lost: Finding.Severity = word.isEffective ? .warning : .error
    switch trap {
    case .parsedAsBytes: return (lost, "without a suffix the number counts bytes")
    case .fraction: return (lost, "reading stops at the point, the suffix is never seen")
    case .octal(let decimal, let value):
      return (lost, "a leading zero makes \(decimal) octal, \(value)")
    case .hexadecimalDigitNotSuffix: return (lost, "E is a digit here, not a suffix")
    case .trailingJunk(let rest): return (.note, "\"\(rest.prefix(24))\" is dropped")
    case .placeIgnored(let rest): return (.warning, "the place \(rest.prefix(24)) is ignored")
    case .percentAtLeast100(let percent):
      return (.warning, "\(percent) % leaves nothing for the other side")
    case .percentNotSupported: return (lost, "this kernel knows no percentages (4.17 does)")
    case .mirrorNotSupported: return (lost, "this kernel knows no mirror (4.6 does)")
    case .wrapped: return (.error, "the number is too large and lost its upper bits")
    default: return nil
    }
  }
}
