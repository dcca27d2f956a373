extension BootTarget {
  /// libvirt: a guest that QEMU boots directly from a kernel file (`<kernel>` in `<os>`).
  ///
  /// A guest with a boot loader of its own takes its arguments from there.
  static let libvirt = BootTarget(
    name: "libvirt",
    title: "libvirt domain XML (direct kernel boot)",
    documentation: TargetRow(
      place: "`<cmdline>` in the domain's `<os>`",
      reboot: "of the guest",
      verified: "`virt-xml-validate` 9.0, `xmllint`; read back"
    ),
    place: "the <os> element of the domain, beside <kernel> (virsh edit DOMAIN)",
    comment: .xml,
    body: { KernelArgumentFormat.libvirtCommandLine($0.line) + "\n" },
    apply: { _ in
      [
        "virsh dumpxml --inactive DOMAIN > domain.xml", "# --current domain.xml -o new.xml",
        "virsh define new.xml", "# shut the guest down and start it",
      ]
    },
    rollback: { _ in ["virsh define domain.xml", "# shut the guest down and start it"] },
    notes: { request in
      var notes = ["<cmdline> is the whole command line: keep root= and what else is in it"]
      if request.arguments.contains(where: { $0.key.hasPrefix("memory_hotplug.") }) {
        notes.append(
          "memory to grow by: <maxMemory slots=\"N\" unit=\"GiB\">MAX</maxMemory> and "
            + "<memory model=\"virtio-mem\"> with <size>, <block>2</block> MiB and <requested> "
            + "in its <target>"
        )
      }
      return notes
    },
    format: .libvirtDomain
  )
}
