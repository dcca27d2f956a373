internal import SourceText

extension KernelArgumentFormat {
  /// `/etc/default/grub` and its drop-ins: what `grub-mkconfig` puts on the default entry's line.
  ///
  /// The kernel sees GRUB_CMDLINE_LINUX in front of GRUB_CMDLINE_LINUX_DEFAULT, whatever their order
  /// in the file (`util/grub.d/10_linux.in`). A recovery entry's line is no one's daily one. Of
  /// several assignments those count that the last one takes over.
  static let grubDefaults = KernelArgumentFormat(
    name: "grub",
    title: "GRUB defaults (/etc/default/grub)",
    documentation: FormatRow(
      recognizedBy: "`GRUB_CMDLINE_LINUX…=` at a line's start",
      read: """
        GRUB_CMDLINE_LINUX, then _DEFAULT, with `$NAME` and `+=` followed in the file; \
        _XEN_REPLACE as a line of its own
        """,
      notRead: "_RECOVERY; `if`, functions: assignments count in their order"
    ),
    markers: .grubVariable,
    recognizes: { sample in
      sample.isPlainText
        && (sample.hasLine(beginning: "GRUB_CMDLINE_LINUX", indented: false)
          || sample.hasLine(beginning: "export GRUB_CMDLINE_LINUX", indented: false))
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      let lines = [
        (key: "linux", title: nil, prefix: "GRUB_CMDLINE_LINUX"),
        (key: "xen", title: "Linux under Xen", prefix: "GRUB_CMDLINE_LINUX_XEN_REPLACE"),
      ]
      var variables = ShellVariables(file: sample.path, bytes: bytes)
      try variables.read(lines.flatMap { [$0.prefix, $0.prefix + "_DEFAULT"] })
      let isDropIn = sample.path.contains(".d/")
      return lines.compactMap { key, title, prefix in
        let values = [prefix, prefix + "_DEFAULT"].compactMap { variables.values[$0] }
        if values.isEmpty { return key == "linux" ? missing(in: bytes) : nil }
        return ArgumentList(
          key: key,
          title: title,
          fragments: values.flatMap { $0.fragments },
          isComplete: !isDropIn && !values.contains { $0.isAddition }
        )
      }
    }
  )

  private static func missing(in bytes: [UInt8]) -> ArgumentList {
    ArgumentList(key: "linux", missing: .line(endOf: bytes) { GRUBDropIn.assignment($0) })
  }
}
