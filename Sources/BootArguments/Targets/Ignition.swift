internal import SourceText

extension BootTarget {
  /// Ignition 3.3 or newer (Fedora CoreOS, RHEL CoreOS, Flatcar): applied at a machine's first boot.
  static let ignition = BootTarget(
    name: "ignition",
    title: "Ignition config (JSON)",
    documentation: TargetRow(
      place: "the Ignition config (3.3.0)",
      reboot: "first boot",
      verified: "`ignition-validate` 2.14 without a warning; read back"
    ),
    place: "the machine's Ignition config",
    comment: nil,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      var lists = [list("shouldExist", request.arguments.map { $0.word })]
      // Only whole arguments can be named, so only those that a host is known to have.
      if !request.goingWords.isEmpty {
        lists.append(list("shouldNotExist", request.goingWords))
      }
      return """
        {
          "ignition": { "version": "3.3.0" },
          "kernelArguments": {
        \(lists.joined(separator: ",\n"))
          }
        }

        """
    },
    apply: { _ in ["# give it to the machine at its first boot, which reboots once"] },
    rollback: { request in
      [
        "# take the arguments out of the config for machines to come",
        "# on a machine that has booted: see --for rpm-ostree --rollback",
      ]
    },
    notes: { _ in ["Ignition runs at the first boot only; merge it into the machine's config"] },
    format: .ignitionConfig
  )

  private static func list(_ key: String, _ words: [String]) -> String {
    let items = words.map { "      " + JSONText.string($0) }.joined(separator: ",\n")
    return "    \"\(key)\": [\n\(items)\n    ]"
  }
}
