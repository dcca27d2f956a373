package import HostModel
package import KernelBehavior
internal import KernelText
internal import SourceText

/// A command line with its place in a file, so that findings point at a word.
package struct ArgumentPlace: Sendable {
  package var arguments: ZoneArguments
  package var pageSize: PageSize
  /// File and line of the command line, and the column of its first byte.
  package var file: String
  package var line: Int
  package var column: Int

  package init(
    _ arguments: ZoneArguments,
    pageSize: PageSize,
    file: String = "/proc/cmdline",
    line: Int = 1,
    column: Int = 1
  ) {
    self.arguments = arguments
    self.pageSize = pageSize
    self.file = file
    self.line = line
    self.column = column
  }

  func location(of argument: KernelArgument) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column + argument.range.lowerBound)
  }

  func evidence(_ argument: KernelArgument) -> [String] {
    ["\(file): \(Self.text(argument))"]
  }

  static func text(_ argument: KernelArgument) -> String {
    argument.name + (argument.value.map { "=\($0)" } ?? "")
  }

  /// What a word came to: `1.00 GiB`, `30 %`.
  func meaning(of word: ZoneArgumentWord) -> String {
    switch word.meaning {
    case .pages(let pages): pages == .zero ? "nothing" : pages.bytes(of: pageSize).text
    case .percent(let percent): "\(percent) %"
    case .mirror: "mirrored memory only"
    case .movableNode: "hot-pluggable nodes"
    case .nothing: "nothing"
    case .crash: "a crash"
    }
  }
}

extension RuleContext {
  var place: ArgumentPlace { ArgumentPlace(zoneArguments, pageSize: pageSize) }
}
