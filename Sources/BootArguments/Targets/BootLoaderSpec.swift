internal import KernelText

extension BootTarget {
  /// An entry after the Boot Loader Specification, type 1: `options` lines in
  /// `/boot/loader/entries/*.conf`.
  ///
  /// The next kernel's entry is made from elsewhere (`/etc/kernel/cmdline`, GRUB's defaults), so this
  /// lasts until the next kernel.
  static let bls = BootTarget(
    name: "bls",
    title: "Boot Loader Specification entry",
    documentation: TargetRow(
      place: "`options` in `/boot/loader/entries/*.conf`",
      reboot: "yes",
      verified: "entries that kernel-install and ostree wrote are read; read back"
    ),
    place: "/boot/loader/entries/*.conf",
    comment: .hash,
    refusal: { GRUBRules.refusal($0) },
    body: { "options \($0.line)\n" },
    apply: { _ in ["# add the options to the entry (--current FILE makes it)", "# reboot"] },
    rollback: { _ in ["# --current FILE --rollback makes the entry without them", "# reboot"] },
    notes: { _ in ["the next kernel gets a new entry: set the arguments where it comes from too"] },
    format: .bootEntry
  )
}
