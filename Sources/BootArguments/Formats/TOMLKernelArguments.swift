internal import SourceText

/// The one shape of TOML that bootc's kargs.d knows: two keys, each an array of strings.
enum TOMLKernelArguments {
  /// The two arrays by their keys.
  static func arrays(file: String, _ bytes: [UInt8]) throws(LocatedError) -> [String: QuotedItems] {
    try TOMLText.arrays(
      of: ["kargs", "match-architectures"],
      otherwise:
        "expected kargs = [ … ] or match-architectures = [ … ]; bootc knows no other key here",
      file: file,
      bytes
    )
  }

  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    guard let list = try arrays(file: file, bytes)["kargs"] else {
      let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
      return BootFile(
        file: file,
        bytes: bytes,
        fragments: [],
        insertion: .text(at: bytes.count) { arguments in
          let items = arguments.map { TOMLText.string($0.word) }.joined(separator: ", ")
          return (needsBreak ? "\n" : "") + "kargs = [\(items)]\n"
        }
      )
    }
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: list.fragments(in: bytes) { TOMLText.string($0) },
      insertion: list.insertion(in: bytes) { TOMLText.string($0) }
    )
  }
}
