/// The kernel's config, which some distributions keep beside its modules only.
enum ModulesConfig: DumpSubstitute {
  static func complete(_ dump: inout IncompleteDump) {
    let release =
      dump.text(HostInput.release.path) ?? dump.substitute(HostInput.release.path)
      ?? dump.text(HostInput.version.path)?.split(separator: " ").dropFirst(2).first
      .map { String($0) }
    guard let release = release?.split(separator: "\n").first, !release.contains("/") else {
      return
    }
    let wanted = "/boot/config-\(release)"
    guard dump.isMissing(HostInput.config.path), dump.isMissing(wanted) else { return }
    for path in ["/lib/modules/\(release)/config", "/usr/lib/modules/\(release)/config"] {
      guard let text = dump.text(path) else { continue }
      dump.add(wanted, text, from: String(path.dropFirst()))
      return
    }
  }
}
