internal import SourceText

extension BootTarget {
  /// NixOS: a module with `boot.kernelParams`, for `imports` in configuration.nix.
  static let nixos = BootTarget(
    name: "nixos",
    title: "NixOS module",
    place: "/etc/nixos/zonewise.nix, with ./zonewise.nix in the imports of configuration.nix",
    comment: .hash,
    refusal: { GRUBRules.refusal($0) },
    body: { request in
      let items = request.arguments.map { "    \(NixText.string($0.word))\n" }.joined()
      return "{ ... }:\n{\n  boot.kernelParams = [\n\(items)  ];\n}\n"
    },
    apply: { _ in ["nixos-rebuild boot", "# reboot"] },
    rollback: { _ in
      ["# take ./zonewise.nix out of imports", "nixos-rebuild boot", "# reboot"]
    },
    notes: { request in
      let going = request.removalWords
      guard !going.isEmpty else { return [] }
      return ["other modules must not set \(going.joined(separator: ", ")): lists are joined"]
    },
    parse: { (file, bytes) throws(LocatedError) in
      try NixText.parse(file: file, bytes)
    }
  )
}
