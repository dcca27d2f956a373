extension BootTarget {
  /// Ansible: a play with the `bootloader` role of the Linux System Roles.
  static let ansible = BootTarget(
    name: "ansible",
    title: "Ansible, bootloader system role",
    documentation: TargetRow(
      place: "a play with the `bootloader` system role",
      reboot: "yes",
      verified: """
        `ansible-playbook --syntax-check`, `ansible-lint`, a run with a role that holds the \
        settings to the published types; read back
        """
    ),
    place: "a playbook; the variables may stand in group_vars as well",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks) { argument in
      ["{{", "{%", "{#"].contains { argument.word.contains($0) }
        ? "Ansible takes braces for a template" : nil
    },
    body: { request in
      var options = request.arguments.map {
        BootloaderRole.option($0.name, $0.value, indent: 14)
      }
      for removal in request.change.removals {
        let values: [String?] = removal.values ?? [nil]
        options += values.map {
          BootloaderRole.option(removal.key, $0, state: "absent", indent: 14)
        }
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
    format: .ansibleRole,
    lists: .all(orElse: "no bootloader_settings with a list of options in here")
  )
}
