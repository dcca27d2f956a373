extension BootTarget {
  /// Limine: `cmdline` of the first Linux entry.
  static let limine = BootTarget(
    name: "limine",
    title: "Limine",
    documentation: TargetRow(
      place: "`cmdline` of the first Linux entry in `limine.conf`",
      reboot: "yes",
      verified: "a reader after its own (`common/lib/config.c`: entries, keys, macros); read back"
    ),
    place: "/boot/limine.conf",
    comment: .hash,
    refusal: { argument in
      argument.word.contains("${") ? "Limine takes ${…} for a macro" : nil
    },
    body: { request in
      """
      /Linux
          protocol: linux
          path: boot():/CHANGE-ME
          cmdline: \(request.line)

      """
    },
    apply: { _ in
      [
        "# --current /boot/limine.conf makes the whole file",
        "# where the file's checksum is enrolled: limine enroll-config anew", "# reboot",
      ]
    },
    rollback: { _ in
      ["# --current FILE --rollback makes the file without them", "# reboot"]
    },
    notes: { _ in
      [
        "cmdline is the whole command line: keep root= and what else is in it",
        "only the first Linux entry is changed; up to Limine 7 the file has other keys (CMDLINE=)",
      ]
    },
    format: .limine,
    lists: .first(of: "first", orElse: "no entry with a command line in here")
  )
}
