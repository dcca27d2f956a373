extension FileSample {
  /// The forms that a file nobody understands is nearest to, with what they are told by: for whoever
  /// named it.
  package var nearForms: String {
    let near = KernelArgumentFormats.near(self)
    let all = "Documentation/config-files.md has all forms"
    guard !near.isEmpty else { return all }
    let forms = near.map { format in
      format.isLiteral
        ? "\(format.title) (read are \(format.documentation.read))"
        : "\(format.title) (told by \(format.documentation.recognizedBy))"
    }
    return "the nearest forms: " + forms.joined(separator: "; ") + ". " + all
  }
}

extension KernelArgumentFormats {
  private static let mostNear = 3

  /// Formats that a file's name speaks of, then those that share a word with its text; and the way in
  /// which arguments are found in any file of its kind.
  static func near(_ sample: FileSample) -> [KernelArgumentFormat] {
    // Words that any text about a kernel has.
    let own = sample.markers.subtracting([
      .root, .argument, .argumentName, .options, .kernelMessages, .specKey, .commandLineKey,
    ])
    let name = sample.name.lowercased()
    let suffix = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    let ofSuffix = bySuffix[suffix] ?? []
    let ranked = all.filter { !$0.isLiteral }.map { format in
      (
        format: format,
        score: (format.nameWords.contains { name.contains($0) } ? 3 : 0)
          + (ofSuffix.contains(format.name) ? 2 : 0)
          + (format.markers.isDisjoint(with: own) ? 0 : 1)
      )
    }
    // A word alone is no likeness where the name already says what the file is.
    let least = ranked.contains { $0.score > 1 } ? 2 : 1
    let named = ranked.filter { $0.score >= least }.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .prefix(mostNear).map(\.element.format)
    guard named.count < mostNear, sample.firstArgument != nil else { return named }
    let general = all.first { $0.isLiteral && $0.name == searcher(for: suffix) }
    return named + [general].compactMap(\.self)
  }

  /// Formats that files with this end of their name usually have.
  private static let bySuffix: [String: [String]] = [
    "nix": ["nixos"], "toml": ["bottlerocket", "bootc", "kata"], "xml": ["libvirt"],
    "json": ["firecracker", "cloud-hypervisor", "ignition"], "ign": ["ignition"],
    "bu": ["butane"], "ks": ["kickstart"], "dts": ["device-tree"], "ipxe": ["ipxe"],
    "yaml": ["openshift", "talos", "cloud-init"], "yml": ["ansible", "talos", "cloud-init"],
    "rules": ["udev-rules"], "mk": ["android"], "wslconfig": ["wsl"], "hcl": ["packer"],
    "bconf": ["bootconfig"], "deviceinfo": ["shell-variables"],
  ]

  /// The format that looks for arguments in any file of this kind.
  private static func searcher(for suffix: String) -> String {
    if ["yaml", "yml", "json", "sls"].contains(suffix) { return KernelArgumentFormat.values.name }
    let programs = [
      "swift", "ml", "mli", "hs", "nim", "vim", "el", "lisp", "clj", "erl", "s", "asm",
    ]
    return SourceLanguage.of(("a." + suffix)[...]) != nil || programs.contains(suffix)
      ? KernelArgumentFormat.source.name : KernelArgumentFormat.literals.name
  }
}

extension KernelArgumentFormat {
  /// Words of a file's name that speak of this format.
  fileprivate var nameWords: [Substring] {
    let general: Set<Substring> = [
      "arguments", "boot", "bootloader", "build", "conf", "config", "configuration", "data",
      "default", "direct", "domain", "entry", "environment", "file", "instance", "json", "kernel",
      "linux", "loader", "module", "other", "profile", "role", "script", "settings", "shell",
      "source", "specification", "text", "toml", "user", "variable", "yaml",
    ]
    let words = "\(name) \(title)".lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.filter { $0.count > 3 && !general.contains($0) }
  }
}
