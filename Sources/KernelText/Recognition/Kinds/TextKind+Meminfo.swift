extension TextKind {
  package static let meminfo = TextKind(
    "/proc/meminfo",
    tells: "how much memory the whole machine has and uses, nothing of its zones",
    advice: addZoneinfo
  ) { line in line.isNumber(of: "MemTotal:") && line.words.last == "kB" }
}
