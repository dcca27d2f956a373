internal import SourceText

extension BootTarget {
  /// Firecracker: `boot-source.boot_args` of the configuration file of a microVM.
  static let firecracker = BootTarget(
    name: "firecracker",
    title: "Firecracker configuration (JSON)",
    documentation: TargetRow(
      place: "`boot_args` of the configuration file's `boot-source`",
      reboot: "of the guest",
      verified:
        "field names, types and limits of its published API; read back. firecracker itself was not run"
    ),
    place: "the microVM's configuration file (firecracker --config-file)",
    comment: nil,
    refusal: GuestKernelRules.refusal,
    body: { request in
      """
      {
        "boot-source": {
          "kernel_image_path": "CHANGE-ME",
          "boot_args": \(JSONText.string(request.line))
        }
      }

      """
    },
    apply: { _ in
      [
        "# --current FILE makes the whole file",
        "firecracker --no-api --config-file FILE", "# a running guest keeps what it booted with",
      ]
    },
    rollback: { _ in
      ["# --current FILE --rollback makes the file without them", "# start the guest anew"]
    },
    notes: { request in
      var notes = [
        GuestKernelRules.isWhole(
          "boot_args",
          also: "; without boot_args Firecracker sets reboot=k panic=1 nomodule and others itself"
        )
      ]
      if request.arguments.contains(where: { $0.key.hasPrefix("memory_hotplug.") }) {
        notes.append(
          "memory to grow by: total_size_mib of memory-hotplug, a key beside boot-source"
        )
      }
      return notes
    },
    format: .firecracker,
    lists: .first(of: "boot-source", orElse: "no boot-source in here")
  )
}
