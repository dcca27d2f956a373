internal import HostModel

/// `uname -a`: the kernel's release and the machine.
enum UnameOutput: DumpSubstitute {
  static let outputs = ["uname"]

  static func complete(_ dump: inout IncompleteDump) {
    let lacksRelease =
      dump.isMissing(HostInput.release.path) && dump.isMissing(HostInput.version.path)
    let lacksMachine = dump.isMissing(HostInput.architecture.path)
    guard lacksRelease || lacksMachine, let found = words(dump) else { return }
    if lacksRelease { dump.add(HostInput.release.path, found.words[2], from: found.path) }
    if lacksMachine, let machine = found.words.last(where: { Architecture(name: $0) != nil }) {
      dump.add(HostInput.architecture.path, machine, from: found.path)
    }
  }

  /// The node's name, which comes second.
  static func hostName(_ dump: IncompleteDump) -> (text: String, path: String)? {
    words(dump).map { ($0.words[1], $0.path) }
  }

  /// Four words or more; nil where it is not Linux that says so.
  private static func words(_ dump: IncompleteDump) -> (words: [String], path: String)? {
    guard let found = dump.output(of: "uname") else { return nil }
    let words = found.text.split { $0 == " " || $0 == "\n" }.map { String($0) }
    return words.count > 3 && words[0] == "Linux" ? (words, found.path) : nil
  }
}
