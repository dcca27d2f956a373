/// Booted hosts under other names, as a stream of bundles.
enum NamedHosts {
  static func bundles(_ hosts: [(root: String, name: String)]) throws -> String {
    var lines = ""
    for (root, name) in hosts {
      let run = try CommandRun(
        ["capture", root, "--format", "json", "-o", "-"],
        in: CommandRun.roots
      )
      lines += run.output.replacing(
        "\"/proc/sys/kernel/hostname\":\"lab\\n\"",
        with: "\"/proc/sys/kernel/hostname\":\"\(name)\""
      )
    }
    return lines
  }
}
