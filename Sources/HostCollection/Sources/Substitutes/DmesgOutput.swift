/// The kernel's log, which begins with the command line.
enum DmesgOutput: DumpSubstitute {
  static let outputs = ["dmesg"]

  static func complete(_ dump: inout IncompleteDump) {
    guard dump.isMissing(HostInput.commandLine.path) else { return }
    let logs = [
      dump.output(of: "dmesg"), dump.text("/var/log/dmesg").map { ($0, "var/log/dmesg") },
    ]
    for case (let text, let path)? in logs {
      for line in text.split(separator: "\n") {
        guard let mark = line.firstRange(of: "ommand line: ") else { continue }
        dump.add(HostInput.commandLine.path, String(line[mark.upperBound...]), from: path)
        return
      }
    }
  }
}
