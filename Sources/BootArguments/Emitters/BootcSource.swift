internal import SourceText

extension BootTarget {
  /// bootc with arguments by source (ostree 2026.1 or newer): the ones of `zonewise` are replaced as
  /// a whole, everyone else's stay.
  static let bootcSource = BootTarget(
    name: "bootc-source",
    title: "bootc, arguments by source",
    kind: .commands,
    place: "the next deployment",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      """
      bootc loader-entries set-options-for-source --source zonewise \
      --options \(ShellText.word(request.line))

      """
    },
    apply: { _ in ["# run the command", "systemctl reboot"] },
    rollback: { _ in
      ["bootc loader-entries set-options-for-source --source zonewise", "systemctl reboot"]
    },
    notes: { request in
      let going = request.removalWords
      guard !going.isEmpty else { return [] }
      return [
        "\(going.joined(separator: ", ")) must not come from another source: a source can't remove "
          + "another's arguments"
      ]
    }
  )
}
