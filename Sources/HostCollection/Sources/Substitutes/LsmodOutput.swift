/// `lsmod`: loaded modules.
enum LsmodOutput: DumpSubstitute {
  static let outputs = ["lsmod"]

  static func complete(_ dump: inout IncompleteDump) {
    guard dump.isMissing(HostInput.modules.path), let found = dump.output(of: "lsmod") else {
      return
    }
    // lsmod prints name, size, users and who uses it, below a line of headings.
    let lines = found.text.split(separator: "\n").dropFirst().compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count >= 3 else { return nil }
      let users = words.count > 3 ? words[3] + "," : "-"
      return "\(words[0]) \(words[1]) \(words[2]) \(users) Live 0x0\n"
    }
    if !lines.isEmpty { dump.add(HostInput.modules.path, lines.joined(), from: found.path) }
  }
}
