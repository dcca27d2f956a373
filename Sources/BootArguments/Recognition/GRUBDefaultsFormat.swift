internal import SourceText

extension KernelArgumentFormat {
  /// `/etc/default/grub` and its drop-ins: what `grub-mkconfig` puts on the default entry's line.
  ///
  /// The kernel sees GRUB_CMDLINE_LINUX in front of GRUB_CMDLINE_LINUX_DEFAULT, whatever their order
  /// in the file (`util/grub.d/10_linux.in`). A recovery entry's line is no one's daily one.
  static let grubDefaults = KernelArgumentFormat(
    name: "grub",
    title: "GRUB defaults (/etc/default/grub)",
    markers: .grubVariable,
    recognizes: { sample in
      sample.isPlainText
        && (sample.hasLine(beginning: "GRUB_CMDLINE_LINUX", indented: false)
          || sample.hasLine(beginning: "export GRUB_CMDLINE_LINUX", indented: false))
    },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      let isDropIn = sample.path.contains(".d/")
      var variables = ShellVariables(file: sample.path, bytes: bytes)
      try variables.read([
        "GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT", "GRUB_CMDLINE_LINUX_XEN_REPLACE",
        "GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT",
      ])
      let lines = [
        (nil, ["GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT"]),
        (
          "Linux under Xen",
          ["GRUB_CMDLINE_LINUX_XEN_REPLACE", "GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT"]
        ),
      ]
      return lines.compactMap { title, names in
        let values = names.compactMap { variables.values[$0] }
        guard !values.isEmpty else { return nil }
        return CommandLineDraft(
          title: title,
          fragments: values.map { $0.fragment.withoutTemplates },
          isComplete: !isDropIn && !values.contains { $0.isAddition }
        )
      }
    }
  )
}
