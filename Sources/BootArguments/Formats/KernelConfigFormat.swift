internal import SourceText

extension KernelArgumentFormat {
  /// A kernel's build configuration: the command line that is built in, and the size of the CMA area
  /// that holds where no `cma=` says another.
  static let kernelConfig = KernelArgumentFormat(
    name: "kernel-config",
    title: "Kernel configuration",
    documentation: FormatRow(
      recognizedBy: """
        `CONFIG_CMDLINE=`, `CONFIG_CMA_SIZE_MBYTES=`, `CONFIG_MHP_DEFAULT_ONLINE_TYPE_…=` at a line's \
        start
        """,
      read: """
        `CONFIG_CMDLINE`; `CONFIG_CMA_SIZE_MBYTES` as `cma=` in its place, unless the size is a share; \
        what `CONFIG_MHP_DEFAULT_ONLINE_TYPE_` (6.14) makes of added memory, as `memhp_default_state=`
        """,
      notRead: "`CONFIG_CMA_SIZE_PERCENTAGE`: a share of memory that nobody knows here"
    ),
    markers: .kernelConfig,
    recognizes: { sample in
      ["CONFIG_CMDLINE=\"", "CONFIG_CMA_SIZE_MBYTES=", onlineType].contains {
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
        case _ where name.hasPrefix(onlineType) && bytes.text(value) == "y":
          guard let state = states[String(name.dropFirst(onlineType.count))] else { continue }
          lists.append(
            ArgumentList(
              title: name,
              fragments: [.setting("memhp_default_state=\(state)", at: setting.name)],
              isComplete: false
            )
          )
        default: continue
        }
      }
      return lists
    }
  )

  private static let onlineType = "CONFIG_MHP_DEFAULT_ONLINE_TYPE_"
  private static let states = [
    "ONLINE_AUTO": "online", "ONLINE_KERNEL": "online_kernel", "ONLINE_MOVABLE": "online_movable",
  ]
}
