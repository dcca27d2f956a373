extension BootTarget {
  /// Kickstart: what Anaconda writes into the new system's boot loader.
  static let kickstart = BootTarget(
    name: "kickstart",
    title: "Kickstart (Anaconda)",
    documentation: TargetRow(
      place: "the `bootloader` command",
      reboot: "at installation",
      verified: "`ksvalidator` and pykickstart's parser; read back"
    ),
    place: "the kickstart file's bootloader command; there can be only one",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { "bootloader --append=\"\($0.line)\"\n" },
    apply: { _ in ["# install with this kickstart file"] },
    rollback: { _ in
      ["# take the arguments out of the file; on an installed system see --for grubby --rollback"]
    },
    format: .kickstartFile,
    lists: .all(of: "bootloader")
  )
}
