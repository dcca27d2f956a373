package import SourceText

/// One line that `zonewise serve --stdio` is sent: `{"id": 1, "command": ["advise", "host.tar.gz"]}`.
package struct ServeRequest: Hashable {
  /// What the answer shall bear; nil where the request has none.
  var id: UInt64?
  /// The words behind `zonewise`.
  var words: [String]

  /// Commands that answer in JSON and change nothing.
  static let commands = [
    "advise", "log", "predict", "blocks", "cmdline", "verify", "plan", "check", "diff",
  ]

  /// Options that write files, or say how to print.
  private static let refused = [
    "-o", "--output", "--promise", "--write-baseline", "--format", "--init", "--list", "-h",
    "--help", "--version",
  ]

  /// Reads one; `id` is set as soon as it is known, for the answer to a request that is refused.
  package init(line: [UInt8], number: Int, id: inout UInt64?) throws(LocatedError) {
    var reader = JSONReader(line, file: "request", firstLine: number)
    var named: UInt64?
    var words: [String] = []
    try reader.object { (reader, name) throws(LocatedError) in
      switch name {
      case "id": named = try reader.number()
      case "command":
        try reader.array { (reader) throws(LocatedError) in words.append(try reader.string()) }
      default: throw reader.error("a request has id and command, and no \(name.printable)")
      }
    }
    id = named
    try reader.end()
    self.id = named
    self.words = words
    guard let command = words.first, Self.commands.contains(command) else {
      throw reader.error(
        "command begins with one of \(Self.commands.joined(separator: ", "))"
      )
    }
    for word in words.dropFirst() {
      let name = String(word.prefix { $0 != "=" })
      guard !Self.refused.contains(name), !word.hasPrefix("-o") else {
        throw reader.error(
          "\(name.printable) is not served: the answer is JSON, and no file is written"
        )
      }
      guard word != "-" else {
        throw reader.error("standard input is the requests' own: name a file")
      }
    }
  }
}
