internal import SourceText

extension BootTarget {
  /// Kata Containers: `kernel_params` of a hypervisor's guests, in a drop-in beside configuration.toml.
  static let kata = BootTarget(
    name: "kata",
    title: "Kata Containers configuration.toml",
    documentation: TargetRow(
      place: "`config.d/60-zonewise.toml` beside Kata's `configuration.toml`, or that file itself",
      reboot: "of new sandboxes",
      verified: """
        a TOML reader (tomllib), field names, types and limits of its runtime's own table; read back. \
        kata-runtime was not run
        """
    ),
    place: "/etc/kata-containers/config.d/60-zonewise.toml (or the file itself, with --current)",
    comment: .hash,
    refusal: CommandText.refuseBlanks,
    body: { request in
      """
      [hypervisor.qemu]
      kernel_params = \(TOMLText.string(request.line))

      """
    },
    apply: { _ in
      [
        "# put qemu, clh, … for the hypervisor in use",
        "# sandboxes that start from now on have it",
      ]
    },
    rollback: { _ in
      [
        "rm /etc/kata-containers/config.d/60-zonewise.toml",
        "# sandboxes that start from now on boot without it",
      ]
    },
    notes: { _ in
      [
        "a drop-in replaces the kernel_params of configuration.toml: put in what stands there, or "
          + "change that file with --current",
        "memory to grow by: default_maxmemory and enable_virtio_mem of the same section",
      ]
    },
    format: .kata,
    lists: .first(of: "hypervisor", orElse: "no section [hypervisor.…] in here")
  )
}
