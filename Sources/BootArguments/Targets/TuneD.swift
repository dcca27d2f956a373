extension BootTarget {
  /// TuneD: a profile of its own, to be named behind the one in use.
  static let tuned = BootTarget(
    name: "tuned",
    title: "TuneD profile",
    documentation: TargetRow(
      place: "a TuneD profile `zonewise`",
      reboot: "yes",
      verified: """
        TuneD 2.20's own loader behind throughput-performance, and its bootloader plug-in's \
        options; read back
        """
    ),
    place: "/etc/tuned/profiles/zonewise/tuned.conf (before TuneD 2.23: /etc/tuned/zonewise/)",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks) { argument in
      argument.word.hasPrefix("#") ? "TuneD takes what follows # for a comment" : nil
    },
    body: { request in
      """
      [main]
      summary=Memory zones as zonewise advises

      [bootloader]
      \(KernelArgumentFormat.tunedOption(request.arguments))

      """
    },
    apply: { _ in
      ["tuned-adm profile BASE zonewise", "# BASE is what tuned-adm active names", "# reboot"]
    },
    rollback: { _ in ["tuned-adm profile BASE", "# reboot"] },
    notes: { request in
      let going = request.removalWords
      guard !going.isEmpty else { return [] }
      return ["TuneD only adds: \(going.joined(separator: ", ")) must not be set elsewhere"]
    },
    format: .tunedProfile,
    lists: .first(of: "bootloader")
  )
}
