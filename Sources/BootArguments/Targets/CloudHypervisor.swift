internal import SourceText

extension BootTarget {
  /// Cloud Hypervisor: `payload.cmdline` of the configuration that a virtual machine is created with.
  static let cloudHypervisor = BootTarget(
    name: "cloud-hypervisor",
    title: "Cloud Hypervisor configuration (JSON)",
    documentation: TargetRow(
      place: "`cmdline` of the configuration's `payload`",
      reboot: "of the guest",
      verified: """
        field names, types and limits of its published API; read back. cloud-hypervisor itself was not run
        """
    ),
    place: "the configuration for PUT /api/v1/vm.create; on a command line the text of --cmdline",
    comment: nil,
    refusal: GuestKernelRules.refusal,
    body: { request in
      """
      {
        "payload": {
          "kernel": "CHANGE-ME",
          "cmdline": \(JSONText.string(request.line))
        }
      }

      """
    },
    apply: { _ in
      [
        "# --current FILE makes the whole file",
        "ch-remote --api-socket SOCKET create FILE", "ch-remote --api-socket SOCKET boot",
      ]
    },
    rollback: { _ in
      ["# --current FILE --rollback makes the file without them", "# create the guest anew"]
    },
    notes: { request in
      var notes = [GuestKernelRules.isWhole("cmdline", also: "")]
      if request.arguments.contains(where: { $0.key.hasPrefix("memory_hotplug.") }) {
        notes.append(
          "memory to grow by: hotplug_method VirtioMem and hotplug_size beside size in memory"
        )
      }
      return notes
    },
    format: .cloudHypervisor,
    lists: .first(of: "payload", orElse: "no payload with a kernel in here")
  )
}
