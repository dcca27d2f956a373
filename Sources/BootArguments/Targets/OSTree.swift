extension BootTarget {
  /// Plain ostree hosts: the newest entry's arguments, edited and set again.
  static let ostree = BootTarget(
    name: "ostree",
    title: "ostree",
    documentation: TargetRow(
      place: "commands, the newest deployment",
      reboot: "yes",
      verified: """
        `ostree` 2022.7 deploys it in a scratch sysroot, twice as once, and takes it back
        """
    ),
    kind: .commands,
    place: "the newest deployment",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { script(dropping: CommandText.patterns($0.change), adding: $0.arguments) },
    apply: { _ in ["# run the commands", "# reboot"] },
    rollback: { request in
      [
        script(dropping: CommandText.patterns(request.change), adding: request.previous)
          .trimmingSuffix("\n"), "# reboot",
      ]
    },
    notes: { _ in ["OSTREE_SYSROOT names another root than /"] }
  )

  private static func script(dropping patterns: String, adding: [BootArgument]) -> String {
    """
    entries=${OSTREE_SYSROOT:-}/boot/loader/entries
    entry=$(ls "$entries" | grep '^ostree-.*[.]conf$' | sort -V | tail -n 1)
    set -f; set --
    for word in $(sed -n 's/^options //p' "$entries/$entry"); do
      case $word in
        \(patterns)) ;;
        *) set -- "$@" "--append=$word" ;;
      esac
    done
    ostree admin instutil set-kargs "$@"\(CommandText.words(adding, option: "--append="))

    """
  }
}
