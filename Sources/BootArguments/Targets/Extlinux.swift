extension BootTarget {
  /// extlinux, syslinux and U-Boot's extlinux.conf: `append` of the label that boots by itself.
  static let extlinux = BootTarget(
    name: "extlinux",
    title: "extlinux, syslinux, U-Boot extlinux.conf",
    documentation: TargetRow(
      place: "`append` of the default label in `/boot/extlinux/extlinux.conf`",
      reboot: "yes",
      verified: "`grub-syslinux2cfg` makes a GRUB entry of it; read back. U-Boot was not run"
    ),
    place: "/boot/extlinux/extlinux.conf",
    comment: .hash,
    refusal: { argument in
      ["\\", "'", "$"].contains { argument.word.contains($0) }
        ? "U-Boot takes backslashes and single quotes away and puts variables in for $" : nil
    },
    body: { request in
      """
      label linux
        linux CHANGE-ME
        append \(request.line)

      """
    },
    apply: { _ in
      ["# --current /boot/extlinux/extlinux.conf makes the whole file", "# reboot"]
    },
    rollback: { _ in
      ["# --current FILE --rollback makes the file without them", "# reboot"]
    },
    notes: { _ in
      [
        "append is the whole command line: keep root= and what else is in it",
        "only the label that boots by itself is changed",
        "where a tool writes the file (u-boot-update, update-extlinux), set the arguments in its "
          + "settings: U_BOOT_PARAMETERS in /etc/default/u-boot, default_kernel_opts in "
          + "/etc/update-extlinux.conf",
      ]
    },
    format: .syslinux,
    lists: .first(of: "default", orElse: "no label with a kernel in here")
  )
}
