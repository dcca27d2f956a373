internal import SourceText

extension BootTarget {
  /// Bottlerocket: `settings.boot.kernel-parameters` of the user data or of apiclient.
  static let bottlerocket = BootTarget(
    name: "bottlerocket",
    title: "Bottlerocket settings (TOML)",
    documentation: TargetRow(
      place: "`[settings.boot.kernel-parameters]` of the user data",
      reboot: "first boot",
      verified: """
        a TOML reader (tomllib), the rules of its settings' types; read back. Bottlerocket was not \
        run
        """
    ),
    place: "the machine's user data; on a running one: apiclient set",
    comment: .hash,
    refusal: BottlerocketText.refusal,
    body: { request in
      """
      [settings.boot]
      reboot-to-reconcile = true

      [settings.boot.kernel-parameters]
      \(BottlerocketText.settings(request.arguments))
      """
    },
    apply: { _ in
      [
        "# give it to the machine at its first boot, which reboots once",
        "# a running machine: apiclient apply FILE, then apiclient reboot",
      ]
    },
    rollback: { _ in
      [
        "# take the names out of the user data for machines to come",
        "# a running machine: apiclient set them to what they were, then apiclient reboot",
      ]
    },
    notes: { BottlerocketText.regrouping(of: $0.arguments) },
    format: .bottlerocket,
    lists: .first(of: "settings", orElse: "a variant's build, which has no settings of the boot")
  )
}
