internal import KernelText
internal import SourceText

extension BootTarget {
  /// An entry after the Boot Loader Specification, type 1: `options` lines in
  /// `/boot/loader/entries/*.conf`.
  ///
  /// The next kernel's entry is made from elsewhere (`/etc/kernel/cmdline`, GRUB's defaults), so this
  /// lasts until the next kernel.
  static let bls = BootTarget(
    name: "bls",
    title: "Boot Loader Specification entry",
    place: "/boot/loader/entries/*.conf",
    comment: .hash,
    refusal: { GRUBRules.refusal($0) },
    body: { "options \($0.line)\n" },
    apply: { _ in ["# add the options to the entry (--current FILE makes it)", "# reboot"] },
    rollback: { _ in ["# --current FILE --rollback makes the entry without them", "# reboot"] },
    notes: { _ in ["the next kernel gets a new entry: set the arguments where it comes from too"] },
    parse: { (file, bytes) throws(LocatedError) in try bootEntry(file: file, bytes) }
  )

  private static func bootEntry(
    file: String,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> BootFile {
    var fragments: [BootFile.Fragment] = []
    for line in TextLine.lines(of: bytes) {
      let key = line.word(at: 0)
      guard !key.isEmpty, bytes[key.lowerBound] != UInt8(ascii: "#") else { continue }
      let name = String(decoding: bytes[key], as: UTF8.self)
      guard name.utf8.allSatisfy({ $0 == 0x2D || $0 == 0x5F || isLetterOrDigit($0) }) else {
        throw LocatedError(
          "'\(name)' is no key of a boot loader entry",
          at: SourceLocation(of: key.lowerBound, in: bytes, file: file)
        )
      }
      guard name == "options" else { continue }
      let value = line.trimmed(from: key.upperBound)
      fragments.append(
        value.isEmpty
          ? BootFile.Fragment(
            text: "",
            offsets: [key.upperBound],
            range: key.upperBound..<line.range.upperBound,
            rewriting: .whole { " " + $0 }
          ) : .verbatim(value, in: bytes)
      )
    }
    let end = bytes.count
    let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: fragments,
      insertion: fragments.isEmpty
        ? .text(at: end) { arguments in
          let line = "options " + arguments.map { $0.word }.joined(separator: " ") + "\n"
          return (needsBreak ? "\n" : "") + line
        } : .fragment(fragments.count - 1)
    )
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
