internal import SourceText

extension KernelArgumentFormat {
  /// Settings that a distribution's own tool puts on the kernel's line: a shell variable each.
  static let shellVariables = KernelArgumentFormat(
    name: "shell-variables",
    title:
      "Settings of dracut, update-extlinux, u-boot-update, flash-kernel, Armbian, postmarketOS",
    documentation: FormatRow(
      recognizedBy: """
        `kernel_cmdline=` (dracut), `default_kernel_opts=` (update-extlinux), \
        `U_BOOT_PARAMETERS=`, `LINUX_KERNEL_CMDLINE=` (flash-kernel), `DEFAULT_APPEND=`, \
        `extraargs=` (Armbian), `deviceinfo_kernel_cmdline=` (postmarketOS)
        """,
      read: "each variable",
      notRead: ""
    ),
    markers: .shellVariable,
    recognizes: { sample in
      sample.isPlainText
        && shellVariableNames.contains {
          sample.hasLine(beginning: $0 + "=") || sample.hasLine(beginning: $0 + "+=")
        }
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var variables = ShellVariables(file: sample.path, bytes: bytes)
      try variables.read(shellVariableNames)
      let found = shellVariableNames.compactMap { name in
        variables.values[name].map { (name: name, value: $0) }
      }
      return found.map { name, value in
        ArgumentList(
          title: found.count > 1 ? name : nil,
          fragments: value.fragments,
          isComplete: false
        )
      }
    }
  )

  private static let shellVariableNames = [
    "kernel_cmdline", "default_kernel_opts", "U_BOOT_PARAMETERS", "LINUX_KERNEL_CMDLINE",
    "LINUX_KERNEL_CMDLINE_DEFAULTS", "DEFAULT_APPEND", "extraargs",
    "deviceinfo_kernel_cmdline", "deviceinfo_kernel_cmdline_append",
  ]
}
