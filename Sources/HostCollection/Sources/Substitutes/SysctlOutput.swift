/// `vm.NAME = VALUE` of `sysctl -a`.
enum SysctlOutput: DumpSubstitute {
  static let outputs = ["sysctl_-a"]

  static func complete(_ dump: inout IncompleteDump) {
    guard let found = dump.output(of: "sysctl") else { return }
    var isUsed = false
    for line in found.text.split(separator: "\n") where line.hasPrefix("vm.") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = parts[0].dropFirst(3).filter { $0 != " " }
      let path = "/proc/sys/vm/\(name)"
      guard !name.isEmpty, !name.contains("."), !name.contains("/"), dump.isMissing(path) else {
        continue
      }
      dump.add(path, parts[1].drop { $0 == " " } + "\n")
      isUsed = true
    }
    if isUsed { dump.use(found.path, for: "/proc/sys/vm") }
  }
}
