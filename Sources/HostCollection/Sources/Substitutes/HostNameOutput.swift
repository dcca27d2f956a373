/// The host's name: what `hostname` prints, /etc/hostname, or uname's second word.
enum HostNameOutput: DumpSubstitute {
  static let outputs = ["hostname"]

  static func complete(_ dump: inout IncompleteDump) {
    let path = HostInput.hostName.path
    guard dump.isMissing(path) else { return }
    let found =
      dump.output(of: "hostname") ?? dump.text("/etc/hostname").map { ($0, "etc/hostname") }
      ?? UnameOutput.hostName(dump)
    if let found { dump.add(path, found.text, from: found.path) }
  }
}
