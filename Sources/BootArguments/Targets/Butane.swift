internal import SourceText

extension BootTarget {
  /// Butane for Fedora CoreOS: `kernel_arguments`, applied at a machine's first boot.
  static let butaneFCOS = BootTarget(
    name: "butane-fcos",
    title: "Butane, variant fcos (Fedora CoreOS)",
    documentation: TargetRow(
      place: "the Butane config, 1.4.0",
      reboot: "first boot",
      verified: """
        PyYAML, strict field names of its specification; read back. butane itself was not run
        """
    ),
    place: "the machine's Butane config",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      var text = """
        variant: fcos
        version: 1.4.0
        kernel_arguments:
          should_exist:
        \(YAMLText.items(request.arguments, indent: 4))
        """
      // Only whole arguments can be named, so only those that a host is known to have.
      if !request.goingWords.isEmpty {
        text += "  should_not_exist:\n"
        text += request.goingWords.map { "    - \(YAMLText.encode($0))\n" }.joined()
      }
      return text
    },
    apply: { _ in
      ["butane --strict FILE > machine.ign", "# give it to the machine at its first boot"]
    },
    rollback: { _ in
      [
        "# take the arguments out of the config for machines to come",
        "# on a machine that has booted: see --for rpm-ostree --rollback",
      ]
    },
    notes: { _ in ["Ignition runs at the first boot only; merge it into the machine's config"] },
    format: .butane,
    lists: .first(of: "fcos", orElse: "no Butane config of variant fcos or flatcar")
  )

  /// Butane for OpenShift: becomes a MachineConfig.
  static let butaneOpenShift = BootTarget(
    name: "butane-openshift",
    title: "Butane, variant openshift",
    documentation: TargetRow(
      place: "the Butane config, 4.12.0",
      reboot: "yes",
      verified: "PyYAML, strict field names; read back. butane itself was not run"
    ),
    place: "the cluster's Butane config; butane makes a MachineConfig of it",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      """
      variant: openshift
      version: 4.12.0
      \(OpenShiftPool.metadata)
      openshift:
        kernel_arguments:
      \(YAMLText.items(request.arguments, indent: 4))
      """
    },
    apply: { _ in
      [
        "butane --strict FILE | oc apply -f -",
        OpenShiftPool.reboot,
      ]
    },
    rollback: { _ in OpenShiftPool.rollback },
    notes: { YAMLText.onlyAdds($0, "another MachineConfig") },
    format: .butane,
    lists: .first(of: "openshift", orElse: "no Butane config of variant openshift")
  )
}
