internal import SourceText

extension BootTarget {
  /// cloud-init: user data that writes the GRUB drop-in at a machine's first boot and reboots it.
  static let cloudInit = BootTarget(
    name: "cloud-init",
    title: "cloud-init user data (Debian, Ubuntu)",
    place: "the machine's user data",
    comment: .hash,
    refusal: { GRUBRules.refusal($0) },
    body: { "#cloud-config\n" + CloudConfig.body(GRUBDropIn.text($0)) },
    apply: { _ in ["# give it to the machine at its first boot, which reboots once"] },
    rollback: { _ in
      [
        "# take the parts out of the user data for machines to come, and where one has booted",
        "rm /etc/default/grub.d/60-zonewise.cfg", "update-grub", "# reboot",
      ]
    },
    notes: { _ in ["on Fedora and RHEL run the command of --for grubby in runcmd instead"] },
    parse: { (file, bytes) throws(LocatedError) in
      try CloudConfig(text: try YAMLText(file: file, bytes)).bootFile()
    }
  )
}
