extension BootTarget {
  /// Raspberry Pi: `cmdline.txt` on the boot partition, one line for the firmware.
  static let raspberryPi = BootTarget(
    name: "rpi",
    title: "Raspberry Pi cmdline.txt",
    documentation: TargetRow(
      place: "`/boot/firmware/cmdline.txt`",
      reboot: "yes",
      verified: "a check for the one line that its documentation asks for; read back"
    ),
    place: "/boot/firmware/cmdline.txt (before Debian 12: /boot/cmdline.txt)",
    comment: nil,
    refusal: { $0.word.hasPrefix("#") ? "a line that begins with # is a comment" : nil },
    body: { $0.line + "\n" },
    apply: { _ in
      [
        "# write the whole line to cmdline.txt (--current /boot/firmware/cmdline.txt makes it)",
        "# reboot",
      ]
    },
    rollback: { _ in
      ["# --current FILE --rollback makes the file without them", "# reboot"]
    },
    notes: { _ in
      [
        "the file is one line: everything stands in it, root= included",
        "cma= in it beats the size that a dtoverlay= in config.txt asks for",
      ]
    },
    format: .plain
  )
}
