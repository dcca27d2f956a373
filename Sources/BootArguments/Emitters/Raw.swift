internal import SourceText

extension BootTarget {
  /// The arguments in one line, for any place that takes a kernel command line.
  static let raw = BootTarget(
    name: "raw",
    title: "One line of arguments",
    place: "wherever a kernel command line goes",
    comment: nil,
    body: { $0.line + "\n" },
    apply: { _ in ["# add the line to the kernel command line", "# reboot"] },
    rollback: { _ in ["# take the arguments out of the kernel command line again", "# reboot"] },
    parse: { (file, bytes) throws(LocatedError) in
      BootFile.commandLine(file: file, bytes)
    }
  )
}

extension BootFile {
  /// A file that is one command line and nothing else. Line breaks are blanks to the kernel.
  static func commandLine(file: String, _ bytes: [UInt8]) -> BootFile {
    BootFile(
      file: file,
      bytes: bytes,
      fragments: [
        Fragment(
          text: String(decoding: bytes, as: UTF8.self),
          offsets: Array(0...bytes.count),
          range: 0..<bytes.count,
          rewriting: .words { $0 }
        )
      ],
      insertion: .fragment(0)
    )
  }
}
