extension TextKind {
  /// Zones as a report of the OOM killer or of a failed allocation has them.
  package static let memInfoReport = TextKind(
    "a report of memory (Mem-Info) whose first line is missing",
    tells: """
      how the zones stood, not what was asked for and why it failed: the request stands in the \
      first line ("invoked oom-killer", "page allocation failure")
      """,
    advice: "give the whole report, from that line on: journalctl -k, or dmesg",
    isPartOf: showMemory.name
  ) { line in
    line.hasPrefix("Mem-Info:") || line.hasPrefix("Mem-info:")
      || line.hasPrefix("lowmem_reserve[]:")
      || line.words.count > 4 && line.words[0] == "Node"
        && line.words[3].hasPrefix("free:")
  }
}
