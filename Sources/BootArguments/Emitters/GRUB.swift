internal import SourceText

extension BootTarget {
  /// GRUB on Debian, Ubuntu and their kin: a drop-in that `grub-mkconfig` sources.
  ///
  /// The drop-in adds to whatever `/etc/default/grub` and earlier drop-ins set, and takes the
  /// arguments out that would contradict it. Fedora and RHEL have no such directory: use `grubby`.
  static let grub = BootTarget(
    name: "grub",
    title: "GRUB drop-in (Debian, Ubuntu)",
    place: "/etc/default/grub.d/60-zonewise.cfg",
    comment: .hash,
    refusal: { GRUBRules.refusal($0) },
    body: { GRUBDropIn.text($0) },
    apply: { _ in ["update-grub", "# reboot"] },
    rollback: { _ in ["rm /etc/default/grub.d/60-zonewise.cfg", "update-grub", "# reboot"] },
    parse: { (file, bytes) throws(LocatedError) in
      try GRUBDefaults.parse(file: file, bytes)
    }
  )
}

/// The text of the drop-in, which other targets write from afar.
enum GRUBDropIn {
  static let variable = "GRUB_CMDLINE_LINUX_DEFAULT"

  static func text(_ request: BootRequest) -> String {
    let line = ShellText.insideDoubleQuotes(request.line)
    return filter(request.change) + "\(variable)=\"$\(variable) \(line)\"\n"
  }

  /// Shell lines that take conflicting arguments out of what other files set; none where there
  /// are none.
  private static func filter(_ change: ArgumentChange) -> String {
    guard !change.removals.isEmpty else { return "" }
    let patterns = CommandText.removals(change).joined(separator: " | ")
    return """
      zonewise_kept() {
        zonewise_line=
        set -f
        for zonewise_word in $1; do
          case $zonewise_word in
            \(patterns)) ;;
            *) zonewise_line="$zonewise_line${zonewise_line:+ }$zonewise_word" ;;
          esac
        done
        set +f
        echo "$zonewise_line"
      }
      GRUB_CMDLINE_LINUX="$(zonewise_kept "$GRUB_CMDLINE_LINUX")"
      \(variable)="$(zonewise_kept "$\(variable)")"

      """
  }
}

/// Assignments of kernel arguments in the shell text that `grub-mkconfig` sources.
enum GRUBDefaults {
  static let variables = ["GRUB_CMDLINE_LINUX_DEFAULT", "GRUB_CMDLINE_LINUX"]

  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    var reader = ShellAssignments(bytes: bytes, file: file)
    let found = try reader.read(variables)
    let fragments = found.map { $0.fragment }
    // New arguments go to the default entry's variable; where it is missing, to the other one.
    let preferred =
      found.lastIndex { $0.name == variables[0] } ?? found.lastIndex { $0.name == variables[1] }
    if let preferred {
      return BootFile(
        file: file,
        bytes: bytes,
        fragments: fragments,
        insertion: .fragment(preferred)
      )
    }
    let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
    let name = variables[0]
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: [],
      insertion: .text(at: bytes.count) { arguments in
        let line = ShellText.insideDoubleQuotes(arguments.map { $0.word }.joined(separator: " "))
        return (needsBreak ? "\n" : "") + "\(name)=\"$\(name) \(line)\"\n"
      }
    )
  }
}
