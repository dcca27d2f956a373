internal import SourceText

extension BootTarget {
  /// Talos: an Image Factory schematic, which systemd-boot and unified kernel images take.
  ///
  /// The machine config's `machine.install.extraKernelArgs` counts only under GRUB with its own
  /// command line (Talos before 1.12, or `grubUseUKICmdline: false`); an existing one can be changed
  /// all the same. A leading `-` takes an argument out.
  static let talos = BootTarget(
    name: "talos",
    title: "Talos (Image Factory schematic or machine config)",
    documentation: TargetRow(
      place: "Image Factory schematic; changes machine configs too",
      reboot: "yes",
      verified: "PyYAML, strict field names of its source; read back"
    ),
    place: "the schematic that the installer image is made from",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks) { argument in
      argument.word.hasPrefix("-") ? "Talos takes a leading - for a removal" : nil
    },
    body: { request in
      let removals = request.change.removals.filter { $0.values == nil }.map { "-" + $0.key }
      return """
        customization:
          extraKernelArgs:
        \(removals.map { "    - \"\($0)\"\n" }.joined())\
        \(YAMLText.items(request.arguments, indent: 4))
        """
    },
    apply: { _ in
      [
        "# post the file to the Image Factory's /schematics; it answers with an ID",
        "talosctl upgrade --image INSTALLER:VERSION", "# INSTALLER is the one of that ID",
      ]
    },
    rollback: { _ in
      ["talosctl upgrade --image INSTALLER:VERSION", "# INSTALLER is the one of the old ID"]
    },
    notes: { request in
      [
        "under GRUB before Talos 1.12 the same list goes to machine.install.extraKernelArgs; "
          + "under systemd-boot that field is ignored"
      ] + regrouping(of: request.arguments)
    },
    format: .talosArguments,
    lists: .first(
      of: "document",
      orElse: "no key customization or machine: neither a schematic nor a machine config"
    )
  )

  /// Talos keeps values by name: those of a repeated name come out next to each other.
  private static func regrouping(of arguments: [BootArgument]) -> [String] {
    var counts: [String: Int] = [:]
    for argument in arguments { counts[KnownArguments.key(argument.name), default: 0] += 1 }
    let repeated = arguments.map(\.name).filter { counts[KnownArguments.key($0), default: 0] > 1 }
    guard let name = repeated.first else { return [] }
    let isHugePages = counts["hugepages", default: 0] > 1 || counts["hugepagesz", default: 0] > 1
    let grouped = repeated.contains { $0 != name } || isHugePages
    guard grouped else { return [] }
    return [
      "this list keeps the order that was given, but Talos and its Image Factory sort repeated names "
        + "together: of \(name)= each value follows the one before it"
        + (isHugePages
          ? ", so hugepages= no longer follows its hugepagesz=, and the kernel counts pages of another "
            + "size; give one pair here, and the other pages with machine.sysfs" : "")
    ]
  }
}
