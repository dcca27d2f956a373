internal import SourceText

extension BootTarget {
  /// Ansible: a play with the `bootloader` role of the Linux System Roles.
  static let ansible = BootTarget(
    name: "ansible",
    title: "Ansible, bootloader system role",
    place: "a playbook; the variables may stand in group_vars as well",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks) { argument in
      ["{{", "{%", "{#"].contains { argument.word.contains($0) }
        ? "Ansible takes braces for a template" : nil
    },
    body: { request in
      let options =
        request.arguments.map { BootloaderRole.option($0, indent: 14) }
        + request.change.removals.flatMap { removal in
          removal.values.map { $0.map { BootloaderRole.absent(removal.key, $0, indent: 14) } }
            ?? [BootloaderRole.absent(removal.key, nil, indent: 14)]
        }
      return """
        - name: Set memory zones as zonewise advises
          hosts: all
          tasks:
            - name: Set kernel arguments
              ansible.builtin.include_role:
                name: fedora.linux_system_roles.bootloader
              vars:
                bootloader_reboot_ok: false
                bootloader_settings:
                  - kernel: ALL
                    options:
        \(options.joined())
        """
    },
    apply: { _ in ["ansible-playbook FILE", "# reboot the hosts, or set bootloader_reboot_ok"] },
    rollback: { request in
      ["# set state: absent on the arguments", "ansible-playbook FILE", "# reboot the hosts"]
    },
    parse: { (file, bytes) throws(LocatedError) in
      try BootloaderRole(text: try YAMLText(file: file, bytes)).bootFile()
    }
  )
}
