package import HostModel
package import KernelBehavior
internal import KernelText

/// ZW301: the kernel reads another size than was meant.
package enum ArgumentMisread: HostRule, ArgumentRule, LayoutRule {
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

  package enum Detail: FindingDetail {
    /// A word, what the kernel reads, and why that is not what it looks like.
    case word(String, read: ZoneArgumentWord.Meaning, size: ByteCount?, isLost: Bool, Cause)
    /// Mirrored memory was meant, and unmirrored memory becomes Movable.
    case mirrorTakesUnmirrored(movable: ByteCount)
    /// Less kernel memory was asked for than low memory alone is.
    case lowMemoryStays(low: ByteCount, asked: ByteCount, limit: ByteCount)

    package var kind: String {
      switch self {
      case .word(_, _, _, _, let cause): cause.kind
      case .mirrorTakesUnmirrored: "mirrorTakesUnmirrored"
      case .lowMemoryStays: "lowMemoryStays"
      }
    }

    package var amounts: FindingAmounts {
      switch self {
      case .word(_, .percent(let percent), _, _, _): ["read": .percent(percent)]
      case .word(_, _, let size?, _, _): ["read": .bytes(size)]
      case .word: [:]
      case .mirrorTakesUnmirrored(let movable): ["movable": .bytes(movable)]
      case .lowMemoryStays(let low, let asked, let limit):
        ["low": .bytes(low), "asked": .bytes(asked), "limit": .bytes(limit)]
      }
    }
  }

  /// Why a size is not what it looks like.
  package enum Cause: Hashable, Sendable {
    case noSuffix
    case fraction
    case octal(decimal: String, value: UInt64)
    case digitForSuffix
    case dropped(String)
    case placeIgnored(String)
    case allMemory(percent: UInt64)
    case percentUnknown
    case mirrorUnknown
    case wrapped

    /// Nil for what is no misreading.
    init?(_ trap: ZoneArgumentWord.Trap) {
      switch trap {
      case .parsedAsBytes: self = .noSuffix
      case .fraction: self = .fraction
      case .octal(let decimal, let value): self = .octal(decimal: decimal, value: value)
      case .hexadecimalDigitNotSuffix: self = .digitForSuffix
      case .trailingJunk(let rest): self = .dropped(rest)
      case .placeIgnored(let rest): self = .placeIgnored(rest)
      case .percentAtLeast100(let percent): self = .allMemory(percent: percent)
      case .percentNotSupported: self = .percentUnknown
      case .mirrorNotSupported: self = .mirrorUnknown
      case .wrapped: self = .wrapped
      case .zeroPages, .zeroPercent, .crash, .malformed, .notSupported, .overriddenByLater,
        .ignoredByMovableNode, .ignoredByMirror, .mayComeFromBootconfig:
        return nil
      }
    }

    fileprivate var kind: String {
      switch self {
      case .noSuffix: "noSuffix"
      case .fraction: "fraction"
      case .octal: "octal"
      case .digitForSuffix: "digitForSuffix"
      case .dropped: "dropped"
      case .placeIgnored: "placeIgnored"
      case .allMemory: "allMemory"
      case .percentUnknown: "percentUnknown"
      case .mirrorUnknown: "mirrorUnknown"
      case .wrapped: "wrapped"
      }
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity {
    if case .lowMemoryStays = detail { return .note }
    guard case .word(_, _, _, let isLost, let cause) = detail else { return .error }
    return switch cause {
    case .dropped: .note
    case .placeIgnored, .allMemory: .warning
    case .wrapped: .error
    case .noSuffix, .fraction, .octal, .digitForSuffix, .percentUnknown, .mirrorUnknown:
      isLost ? .error : .warning
    }
  }

  package static func words(for detail: Detail) -> FindingText {
    switch detail {
    case .word(let text, let meaning, let size, _, let cause):
      FindingText("\(text) is read as \(words(for: meaning, size)): \(words(for: cause))")
    case .mirrorTakesUnmirrored(let movable):
      FindingText(
        "no memory is mirrored, and this kernel (before "
          + "\(KernelFact.mirrorNeedsMirroredMemory.firstRelease)) makes everything from 4 GiB up "
          + "Movable: \(movable.text)"
      )
    case .lowMemoryStays(let low, let asked, let limit):
      FindingText(
        "\(asked.text) of kernel memory was asked for; the \(low.text) below \(limit.text) is always "
          + "kernel memory and counts first, so no size makes more of this machine Movable"
      )
    }
  }

  package static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .mirrorTakesUnmirrored: .boot(without: "kernelcore=mirror")
    case .lowMemoryStays: .nothing("a smaller size changes nothing either")
    case .word(let text, _, _, let isLost, let cause):
      remedy(for: cause, of: Written(text), isLost: isLost)
    }
  }

  /// A word cut at its first `=`.
  private struct Written {
    var text: String
    var name: Substring
    var value: Substring

    init(_ text: String) {
      self.text = text
      name = text.prefix { $0 != "=" }
      value = text.dropFirst(name.count + 1)
    }

    /// The same argument with another value; none without one.
    func with(_ value: String) -> Remedy {
      value.isEmpty ? .boot(without: text) : .boot(["\(name)=\(value)"])
    }
  }

  private static func remedy(for cause: Cause, of word: Written, isLost: Bool) -> Remedy {
    switch cause {
    case .dropped(let rest), .placeIgnored(let rest):
      return word.with(String(word.value.dropLast(rest.count)))
    case .fraction:
      guard let whole = wholeNumber(word.value) else { return .action(about.remedy) }
      return word.with(whole)
    case .octal(let decimal, let value):
      let number = isLost ? String(decimal.drop { $0 == "0" }) : "\(value)"
      let suffix = word.value.dropFirst(decimal.count).prefix { "KMGTPEkmgtpe%".contains($0) }
      guard !number.isEmpty, value > 0 || isLost else { return .action(about.remedy) }
      return word.with(number + suffix)
    case .allMemory, .mirrorUnknown: return .boot(without: word.text)
    case .noSuffix, .digitForSuffix, .percentUnknown, .wrapped: return .action(about.remedy)
    }
  }

  /// `1.5G` as `1536M`; nil where it comes to no whole number of KiB.
  static func wholeNumber(_ text: Substring) -> String? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count <= 6,
      let whole = UInt64(parts[0].isEmpty ? "0" : parts[0]),
      let part = UInt64(parts[1]), let suffix = text.dropFirst(digits.count).first,
      let unit = KernelFormat<ByteCount>.memparse.parse("1\(suffix)"), whole < 1 << 20
    else { return nil }
    let scale = parts[1].reduce(UInt64(1)) { scale, _ in scale * 10 }
    let (share, rest) = (unit.count * part).quotientAndRemainder(dividingBy: scale)
    guard rest == 0, unit.count > 1 else { return nil }
    return (unit * whole + ByteCount(share)).argumentText
  }

  private static func words(for cause: Cause) -> String {
    switch cause {
    case .noSuffix: "without a suffix the number counts bytes"
    case .fraction: "reading stops at the point, the suffix is never seen"
    case .octal(let decimal, let value): "a leading zero makes \(decimal) octal, \(value)"
    case .digitForSuffix: "E is a digit here, not a suffix"
    case .dropped(let rest): "\"\(rest.prefix(24))\" is dropped"
    case .placeIgnored(let rest): "the place \(rest.prefix(24)) is ignored"
    case .allMemory(let percent): "\(percent) % leaves nothing for the other side"
    case .percentUnknown:
      "this kernel knows no percentages (\(KernelFact.percentages.firstRelease) does)"
    case .mirrorUnknown:
      "this kernel knows no mirror (\(KernelFact.mirrorArgument.firstRelease) does)"
    case .wrapped: "the number is too large and lost its upper bits"
    }
  }

  /// What a word came to: `1.00 GiB`, `30 %`.
  private static func words(for meaning: ZoneArgumentWord.Meaning, _ size: ByteCount?) -> String {
    switch meaning {
    case .pages(let pages): pages == .zero ? "nothing" : size?.text ?? "\(pages) pages"
    case .percent(let percent): "\(percent) %"
    case .mirror: "mirrored memory only"
    case .movableNode: "hot-pluggable nodes"
    case .nothing: "nothing"
    case .crash: "a crash"
    }
  }

  package static func check(_ context: RuleContext) -> RuleOutcome {
    context.checkZoneWords(with: self)
  }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    line.zones.words.flatMap { word in
      word.traps.compactMap { Cause($0) }.compactMap { cause in
        // All memory on one side that gave no zone is argument-without-effect's.
        if case .allMemory = cause, line.givesMovable == false { return nil }
        var size: ByteCount?
        if case .pages(let pages) = word.meaning { size = pages.bytes(of: line.pageSize) }
        return line.finding(
          of: Self.self,
          .word(
            word.argument.asWritten,
            read: word.meaning,
            size: size,
            isLost: !word.isEffective,
            cause
          ),
          word.argument
        )
      }
    }
  }

  package static func findings(in layout: LayoutContext) -> [Finding] {
    layout.facts.compactMap { fact in
      switch fact {
      case .mirrorTakesUnmirrored(let movable):
        finding(.mirrorTakesUnmirrored(movable: movable), evidence: [.layout])
      case .lowMemoryStays(let low, let asked, let limit):
        finding(.lowMemoryStays(low: low, asked: asked, limit: limit), evidence: [.layout])
      default: nil
      }
    }
  }

  /// Whether a word came to nothing because it was misread.
  static func explains(_ word: ZoneArgumentWord) -> Bool {
    word.meaning == .pages(.zero) && word.traps.contains { Cause($0) != nil }
  }
}
