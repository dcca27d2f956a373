internal import SourceText

extension KernelArgumentFormat {
  /// sysctl.conf and sysctl.d, and other files that set sysctls line by line.
  static let sysctl = KernelArgumentFormat(
    name: "sysctl",
    title: "sysctl settings",
    documentation: FormatRow(
      recognizedBy: "`sysctl.conf`, a path under `sysctl.d/`, or `vm.… =` lines of these names",
      read: """
        `vm.lowmem_reserve_ratio`, `vm.min_free_kbytes`, `vm.watermark_scale_factor`, \
        `vm.movable_gigantic_pages`, as `sysctl.vm.…=` in their places
        """,
      notRead: "all others"
    ),
    markers: .memorySetting,
    recognizes: { sample in
      sample.isPlainText && sample.unreadKind == nil
        && sample.sets(
          MemorySettings.names.flatMap { name in ["vm.", "vm/", "-vm."].map { $0 + name } }
        )
    },
    locate: { (_, bytes) in
      MemorySettings.list(MemorySettings(bytes: bytes).assignments(), titled: "vm")
    }
  )
}
