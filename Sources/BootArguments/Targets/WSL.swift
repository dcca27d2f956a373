extension BootTarget {
  /// WSL 2: `kernelCommandLine` for the one virtual machine that all distributions of a user share.
  static let wsl = BootTarget(
    name: "wsl",
    title: "WSL 2 (.wslconfig)",
    documentation: TargetRow(
      place: "`kernelCommandLine` in `%UserProfile%\\.wslconfig`",
      reboot: "`wsl --shutdown`",
      verified: """
        a reader after its own (`src/shared/configfile/configfile.cpp`: quotes, escapes, \
        comments); read back
        """
    ),
    place: "%UserProfile%\\.wslconfig, on Windows",
    comment: .hash,
    refusal: { argument in
      argument.word.utf8.allSatisfy { $0 < 0x80 }
        ? nil : "WSL keeps one byte of every character"
    },
    body: { request in
      "[wsl2]\nkernelCommandLine = \(KernelArgumentFormat.wslValue(request.line))\n"
    },
    apply: { _ in ["# write the file", "wsl.exe --shutdown", "# start a distribution"] },
    rollback: { _ in
      [
        "# take the arguments out of kernelCommandLine (--current FILE --rollback)",
        "wsl.exe --shutdown", "# start a distribution",
      ]
    },
    notes: { _ in
      [
        "WSL adds the arguments to its own; it has one kernel for all distributions of a user",
        "the policy for memory that is added is in the running kernel too: see --for sysfs",
      ]
    },
    format: .wsl,
    lists: .first(of: "wsl2")
  )
}
