internal import SourceText

extension BootTarget {
  /// systemd-boot and every other loader that `kernel-install` serves: `/etc/kernel/cmdline`.
  ///
  /// The file is the whole command line, `root=` included, and has no comments: without `--current`
  /// the answer is only the arguments to add to it.
  static let systemdBoot = BootTarget(
    name: "systemd-boot",
    title: "systemd-boot, kernel-install",
    place: "/etc/kernel/cmdline",
    comment: nil,
    body: { $0.line + "\n" },
    apply: { _ in
      [
        "# write the whole line to /etc/kernel/cmdline (--current /etc/kernel/cmdline makes it)",
        "kernel-install add-all", "# reboot",
      ]
    },
    rollback: { request in
      [
        "# --current /etc/kernel/cmdline --rollback makes the file without them",
        "kernel-install add-all", "# reboot",
      ]
    },
    notes: { _ in
      [
        "the file replaces the running command line: a file without root= may not boot",
        "kernel-install before version 255 has no add-all: kernel-install add VERSION IMAGE",
      ]
    },
    parse: { (file, bytes) throws(LocatedError) in
      BootFile.commandLine(file: file, bytes)
    }
  )
}
