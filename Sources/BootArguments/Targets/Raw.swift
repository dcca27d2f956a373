extension BootTarget {
  /// The arguments in one line, for any place that takes a kernel command line.
  static let raw = BootTarget(
    name: "raw",
    title: "One line of arguments",
    documentation: TargetRow(
      place: "any kernel command line",
      reboot: "yes",
      verified: "read back"
    ),
    place: "wherever a kernel command line goes",
    comment: nil,
    refusal: { $0.word.hasPrefix("#") ? "a line that begins with # is a comment" : nil },
    body: { $0.line + "\n" },
    apply: { _ in ["# add the line to the kernel command line", "# reboot"] },
    rollback: { _ in ["# take the arguments out of the kernel command line again", "# reboot"] },
    format: .plain
  )
}
