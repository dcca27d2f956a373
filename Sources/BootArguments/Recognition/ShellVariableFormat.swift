internal import SourceText

extension KernelArgumentFormat {
  /// Settings that a distribution's own tool puts on the kernel's line: a shell variable each.
  static let shellVariables = KernelArgumentFormat(
    name: "shell-variables",
    title: "Settings of dracut, update-extlinux, u-boot-update, flash-kernel, Armbian",
    markers: .shellVariable,
    recognizes: { sample in
      sample.isPlainText
        && shellVariableNames.contains {
          sample.hasLine(beginning: $0 + "=") || sample.hasLine(beginning: $0 + "+=")
        }
    },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      var variables = ShellVariables(file: sample.path, bytes: bytes)
      try variables.read(shellVariableNames)
      let found = shellVariableNames.compactMap { name in
        variables.values[name].map { (name: name, value: $0) }
      }
      return found.map { name, value in
        CommandLineDraft(
          title: found.count > 1 ? name : nil,
          fragments: [value.fragment],
          isComplete: false
        )
      }
    }
  )

  private static let shellVariableNames = [
    "kernel_cmdline", "default_kernel_opts", "U_BOOT_PARAMETERS", "LINUX_KERNEL_CMDLINE",
    "LINUX_KERNEL_CMDLINE_DEFAULTS", "DEFAULT_APPEND", "extraargs",
  ]
}
