internal import SourceText

extension BootTarget {
  /// GRUB on Debian, Ubuntu and their kin: a drop-in that `grub-mkconfig` sources.
  ///
  /// The drop-in adds to whatever `/etc/default/grub` and earlier drop-ins set, and takes the
  /// arguments out that would contradict it. Fedora and RHEL have no such directory: use `grubby`.
  static let grub = BootTarget(
    name: "grub",
    title: "GRUB drop-in (Debian, Ubuntu)",
    documentation: TargetRow(
      place: "`/etc/default/grub.d/60-zonewise.cfg`; changes `/etc/default/grub` too",
      reboot: "yes",
      verified: """
        `grub-mkconfig` and its `10_linux` over a scratch root (with another device probe), \
        `grub-script-check`; read back
        """
    ),
    place: "/etc/default/grub.d/60-zonewise.cfg",
    comment: .hash,
    refusal: { GRUBRules.refusal($0) },
    body: { GRUBDropIn.text($0) },
    apply: { _ in ["update-grub", "# reboot"] },
    rollback: { _ in ["rm /etc/default/grub.d/60-zonewise.cfg", "update-grub", "# reboot"] },
    format: .grubDefaults,
    lists: .first(of: "linux")
  )
}

/// The text of the drop-in, which other targets write from afar.
enum GRUBDropIn {
  private static let variable = "GRUB_CMDLINE_LINUX_DEFAULT"

  static func text(_ request: BootRequest) -> String {
    filter(request.change) + assignment(request.arguments) + "\n"
  }

  /// The assignment that adds arguments to what other files set, without a line break.
  static func assignment(_ arguments: [BootArgument]) -> String {
    "\(variable)=\"$\(variable) \(ShellText.insideDoubleQuotes(arguments.line))\""
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
