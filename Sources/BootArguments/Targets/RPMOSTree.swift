extension BootTarget {
  /// rpm-ostree: Fedora CoreOS, Silverblue, RHEL for Edge.
  ///
  /// Deletions come before additions within one transaction, and a deletion must name a value that
  /// is there: so the running list is asked first. Nothing changes a second time.
  static let rpmOSTree = BootTarget(
    name: "rpm-ostree",
    title: "rpm-ostree",
    documentation: TargetRow(
      place: "commands, a new deployment",
      reboot: "yes",
      verified: """
        run by `sh` with a recorder in its place; the order of deletions and additions is from \
        its source. rpm-ostree itself was not run
        """
    ),
    kind: .commands,
    place: "a new deployment",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      script(deleting: CommandText.patterns(request.change), adding: request.arguments)
    },
    apply: { _ in ["# run the commands", "systemctl reboot"] },
    rollback: { request in
      [
        script(deleting: CommandText.patterns(request.change), adding: request.previous)
          .trimmingSuffix("\n"), "# reboot; or at once: rpm-ostree rollback --reboot",
      ]
    },
    notes: { _ in ["rpm-ostree must be idle; the change is a deployment of its own"] }
  )

  private static func script(deleting patterns: String, adding: [BootArgument]) -> String {
    """
    set -f; set --
    for word in $(rpm-ostree kargs); do
      case $word in
        \(patterns)) set -- "$@" "--delete=$word" ;;
      esac
    done
    rpm-ostree kargs "$@"\(CommandText.words(adding, option: "--append="))

    """
  }
}
