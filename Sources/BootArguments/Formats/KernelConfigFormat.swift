internal import SourceText

extension KernelArgumentFormat {
  /// A kernel's build configuration: the command line that is built in, and the size of the CMA area
  /// that holds where no `cma=` says another.
  static let kernelConfig = KernelArgumentFormat(
    name: "kernel-config",
    title: "Kernel configuration",
    documentation: FormatRow(
      recognizedBy: "`CONFIG_CMDLINE=`, `CONFIG_CMA_SIZE_MBYTES=` at a line's start",
      read: """
        `CONFIG_CMDLINE`; `CONFIG_CMA_SIZE_MBYTES` as `cma=` in its place, unless the size is a share
        """,
      notRead: "`CONFIG_CMA_SIZE_PERCENTAGE`: a share of memory that nobody knows here"
    ),
    markers: .kernelConfig,
    recognizes: { sample in
      ["CONFIG_CMDLINE=\"", "CONFIG_CMA_SIZE_MBYTES="].contains {
        sample.hasLine(beginning: $0, indented: false)
      } && !sample.isScript && sample.unreadKind == nil
    },
    locate: { (_, bytes) in
      var lists: [ArgumentList] = []
      for line in TextLine.lines(of: bytes) {
        guard let setting = SettingLine(line) else { continue }
        let name = bytes.text(setting.name)
        let value = setting.unquoted(in: bytes)
        switch name {
        case "CONFIG_CMDLINE" where !value.isEmpty:
          lists.append(
            ArgumentList(title: name, fragments: [.line(value, in: bytes)], isComplete: false)
          )
        case "CONFIG_CMA_SIZE_MBYTES":
          let size = bytes.text(value)
          guard let count = UInt64(size), count > 0 else { continue }
          lists.append(
            ArgumentList(
              title: name,
              fragments: [.setting("cma=\(size)M", at: value)],
              isComplete: false
            )
          )
        default: continue
        }
      }
      return lists
    }
  )
}
