extension TextKind {
  package static let processStatus = TextKind(
    "/proc/PID/status",
    tells: "what one process has mapped, locked and pinned",
    advice: addZoneinfo
  ) { line in line.words.count == 3 && line.isNumber(of: "VmRSS:") }
}
