extension TextKind {
  package static let offlineFailure = TextKind(
    "a memory block that would not go offline",
    tells: """
      that a page in it is unmovable (a reserved one for ever, one of the kernel's while it is \
      used) or pinned
      """,
    advice:
      "zonewise blocks, on that host as root, says of each block whether it can and what holds it",
    isMessage: true
  ) { line in
    line.has(anyOf: [
      "page dumped because: unmovable page", "page dumped because: isolation failed",
      "page dumped because: migration failure", "Offline failed", "failed to offline",
      "offlining of memory failed", "Offlining failed", "memory offlining [mem",
      "Failed to offline", "failed to isolate", "Memory hot-remove failed",
      "Failed to hot-remove memory", "lmb_remove failed", "unable to offline",
    ]) || line.hasPrefix("pseries-hotplug-mem: ") || line.has("memory offlining failed")
  }
}
