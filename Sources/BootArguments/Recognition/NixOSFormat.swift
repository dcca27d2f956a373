internal import SourceText

extension KernelArgumentFormat {
  /// NixOS modules: the strings in the lists of `boot.kernelParams`.
  static let nixosModule = KernelArgumentFormat(
    name: "nixos",
    title: "NixOS module",
    markers: .kernelParams,
    recognizes: { $0.hasSuffix(".nix") },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      let lists = try NixText.kernelParams(file: sample.path, bytes)
      return lists.filter { !$0.isEmpty }.map { items in
        CommandLineDraft(fragments: items.map { $0.fragment }, isComplete: false)
      }
    }
  )
}
