internal import SourceText

extension KernelArgumentFormat {
  /// NixOS modules: the strings in the lists of `boot.kernelParams`.
  static let nixosModule = KernelArgumentFormat(
    name: "nixos",
    title: "NixOS module",
    documentation: FormatRow(
      recognizedBy: "`kernelParams` in a `.nix`",
      read: """
        strings in the lists behind `kernelParams =`, also behind `++`, `mkForce`, \
        `optionals`: conditions count as met
        """,
      notRead: "strings with `${…}` lose the argument; names and functions"
    ),
    markers: .kernelParams,
    recognizes: { $0.hasSuffix(".nix") },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      func failure(at offset: Int, _ problem: String) -> LocatedError {
        LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: sample.path))
      }
      var lists: [ArgumentList] = []
      for value in try NixText.kernelParams(file: sample.path, bytes) {
        var list = ArgumentList(
          fragments: value.lists.flatMap { list in
            list.fragments(in: bytes) { NixText.string($0) }
          },
          isComplete: false
        )
        if ["kernelParams", "boot.kernelParams"].contains(value.name) { list.key = "system" }
        if value.isList, let first = value.lists.first(where: { $0.open > value.start }) {
          list.insertion = first.insertion(in: bytes) { NixText.string($0) }
        } else {
          let why = "the value of \(value.name) is no list: write [ \"…\" ]"
          list.insertion = .refused(failure(at: value.start, why))
        }
        lists.append(list)
      }
      if !lists.contains(where: { $0.key == "system" }) {
        let why = "there is no boot.kernelParams = [ … ]; to add to"
        var list = ArgumentList(missing: .refused(failure(at: 0, why)))
        list.key = "system"
        lists.append(list)
      }
      return lists
    }
  )
}
