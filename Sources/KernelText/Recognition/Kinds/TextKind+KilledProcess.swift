extension TextKind {
  /// The line that dmesg shows last and people quote alone.
  package static let killedProcess = TextKind(
    "the OOM killer's last line",
    tells: "which process was killed, not why memory was short",
    advice: """
      give the whole report, from "invoked oom-killer" over "Mem-Info:" to this line: \
      journalctl -k, or dmesg
      """,
    isMessage: true
  ) { line in
    line.has(anyOf: [
      "Killed process ", "Kill process ", "Out of memory: ", "oom_reaper: reaped process",
      "oom-kill:constraint=",
    ])
  }
}
