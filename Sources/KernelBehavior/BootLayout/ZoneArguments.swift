package import HostModel
package import KernelText

/// `kernelcore`, `movablecore` and `movable_node` as a kernel takes them from its command line.
///
/// Four numbers and two flags that can never be unset (`cmdline_parse_core`, mm/page_alloc.c up to
/// 6.3, mm/mm_init.c since).
package struct ZoneArguments: Hashable, Sendable {
  /// What a size argument has left behind: both forms are kept, and a percentage above zero wins.
  package struct Size: Hashable, Sendable {
    package var pages: PageCount
    package var percent: UInt64

    package init(pages: PageCount = .zero, percent: UInt64 = 0) {
      self.pages = pages
      self.percent = percent
    }

    /// Whether it asks for nothing.
    package var isZero: Bool { pages == .zero && percent == 0 }
  }

  package var kernelcore = Size()
  package var movablecore = Size()
  package var mirror = false
  package var movableNode = false
  /// `kernelcore` without a value: the kernel dies before it prints anything.
  package var crashes = false
  /// Every word that the arguments came from, in the order of the line.
  package var words: [ZoneArgumentWord] = []
  /// Words that look like one of the arguments and are none (`movable_nodemask=`).
  package var lookalikes: [KernelArgument] = []

  /// No argument at all.
  package init() {}

  package static func kernelcore(_ pages: PageCount) -> ZoneArguments {
    var arguments = ZoneArguments()
    arguments.kernelcore.pages = pages
    return arguments
  }

  package static func movablecore(_ pages: PageCount) -> ZoneArguments {
    var arguments = ZoneArguments()
    arguments.movablecore.pages = pages
    return arguments
  }

  /// Reads a kernel command line.
  ///
  /// - Parameters:
  ///   - line: The line as the boot loader gives it.
  ///   - pageSize: The host's base page size.
  ///   - kernel: Decides what is understood.
  ///   - is64Bit: A 32-bit kernel keeps the low 32 bits of a count.
  package init(
    commandLine line: String,
    pageSize: PageSize,
    kernel: Kernel = .assumed,
    is64Bit: Bool = true
  ) {
    self.init(
      arguments: KernelCommandLineText.arguments(line),
      pageSize: pageSize,
      kernel: kernel,
      is64Bit: is64Bit
    )
  }

  /// Takes the words of a command line.
  ///
  /// - Parameters:
  ///   - arguments: The words in front of a bare `--`.
  ///   - pageSize: The host's base page size.
  ///   - kernel: Decides what is understood.
  ///   - is64Bit: A 32-bit kernel keeps the low 32 bits of a count.
  package init(
    arguments: [KernelArgument],
    pageSize: PageSize,
    kernel: Kernel = .assumed,
    is64Bit: Bool = true
  ) {
    let hasBootconfig = arguments.contains { $0.name == "bootconfig" }
    for argument in arguments {
      guard let name = ZoneArgumentWord.Name(rawValue: argument.normalizedName) else {
        if ZoneArgumentWord.looksAlike(argument.normalizedName) { lookalikes.append(argument) }
        continue
      }
      var word = ZoneArgumentWord(
        name,
        argument,
        pageSize: pageSize,
        kernel: kernel,
        is64Bit: is64Bit
      )
      if hasBootconfig { word.traps.append(.mayComeFromBootconfig) }
      apply(word)
      words.append(word)
    }
    markIneffective()
  }

  private mutating func apply(_ word: ZoneArgumentWord) {
    switch (word.name, word.meaning) {
    case (_, .crash): crashes = true
    case (_, .nothing): break
    case (_, .movableNode): movableNode = true
    case (_, .mirror): mirror = true
    case (.movablecore, .pages(let pages)): movablecore = Size(pages: pages)
    case (.movablecore, .percent(let percent)): movablecore.percent = percent
    case (_, .pages(let pages)): kernelcore = Size(pages: pages)
    case (_, .percent(let percent)): kernelcore.percent = percent
    }
  }

  /// Notes for every word whether anything of it is left in the end.
  private mutating func markIneffective() {
    for name in [ZoneArgumentWord.Name.kernelcore, .movablecore] {
      let size = name == .kernelcore ? kernelcore : movablecore
      // A percentage of zero counts for nothing and lets earlier pages count again.
      let counts = words.lastIndex { word in
        guard word.name == name else { return false }
        return switch word.meaning {
        case .percent(let percent): size.percent > 0 && percent == size.percent
        case .pages: size.percent == 0
        default: false
        }
      }
      for index in words.indices where words[index].name == name && words[index].isSize {
        if let counts, index < counts {
          words[index].traps.append(.overriddenByLater(counts))
        } else if index != counts, words[index].meaning != .percent(0) {
          let last = words.lastIndex { $0.name == name && $0.isSize }
          if let last, last != index { words[index].traps.append(.overriddenByLater(last)) }
        }
        if movableNode {
          words[index].traps.append(.ignoredByMovableNode)
        } else if mirror {
          words[index].traps.append(.ignoredByMirror)
        }
      }
    }
    guard movableNode else { return }
    for index in words.indices where words[index].meaning == .mirror {
      words[index].traps.append(.ignoredByMovableNode)
    }
  }
}
