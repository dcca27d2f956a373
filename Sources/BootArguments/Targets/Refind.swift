extension BootTarget {
  /// rEFInd: the first line of `refind_linux.conf`, which boots by itself.
  static let refind = BootTarget(
    name: "refind",
    title: "rEFInd",
    documentation: TargetRow(
      place: "the first line of `refind_linux.conf`; changes a stanza of `refind.conf` too",
      reboot: "yes",
      verified: "a reader after its own (`refind/config.c`: tokens, doubled quotes); read back"
    ),
    place: "/boot/refind_linux.conf, beside the kernel",
    comment: .hash,
    body: { request in
      "\"Zones as zonewise advises\" \"\(KernelArgumentFormat.refindQuoted(request.line))\"\n"
    },
    apply: { _ in
      ["# --current /boot/refind_linux.conf makes the whole file", "# reboot"]
    },
    rollback: { _ in
      ["# --current FILE --rollback makes the file without them", "# reboot"]
    },
    notes: { _ in
      [
        "each line is a whole command line: keep root= and what else is in it",
        "only the first line is changed, which boots by itself",
      ]
    },
    format: .refind,
    lists: .first(of: "first", orElse: "neither a line of two quoted texts nor options in here")
  )
}
