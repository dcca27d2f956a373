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
    notes: { _ in
      [
        "under GRUB before Talos 1.12 the same list goes to machine.install.extraKernelArgs; "
          + "under systemd-boot that field is ignored"
      ]
    },
    parse: { (file, bytes) throws(LocatedError) in
      let text = try YAMLText(file: file, bytes)
      let root = try text.document(
        orElse: "no key customization or machine: neither a schematic nor a machine config"
      ) {
        YAMLText.entry("customization", of: $0) != nil || YAMLText.entry("machine", of: $0) != nil
      }
      let path =
        YAMLText.entry("customization", of: root) != nil
        ? ["customization"] : ["machine", "install"]
      return try YAMLList(text: text, root: root, path: path + ["extraKernelArgs"])
        .bootFile { !$0.hasPrefix("-") }
    }
  )
}
