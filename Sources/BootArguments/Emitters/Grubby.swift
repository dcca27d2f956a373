internal import SourceText

extension BootTarget {
  /// `grubby` on Fedora, RHEL and their kin: changes every installed kernel's entry and what new
  /// kernels get.
  static let grubby = BootTarget(
    name: "grubby",
    title: "grubby (Fedora, RHEL)",
    kind: .commands,
    place: "all boot entries",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      let removals = request.removalWords
      let remove =
        removals.isEmpty
        ? "" : " --remove-args=\(ShellText.word(removals.joined(separator: " ")))"
      return "grubby --update-kernel=ALL\(remove) --args=\(ShellText.word(request.line))\n"
    },
    apply: { _ in ["# run the command", "# reboot"] },
    rollback: { request in
      let old = request.previous.map { $0.word }.joined(separator: " ")
      let restore = old.isEmpty ? "" : " --args=\(ShellText.word(old))"
      let gone = request.arguments.map { $0.word }.joined(separator: " ")
      return [
        "grubby --update-kernel=ALL --remove-args=\(ShellText.word(gone))\(restore)", "# reboot",
      ]
    },
    notes: { _ in ["check with grubby --info=ALL"] }
  )
}
