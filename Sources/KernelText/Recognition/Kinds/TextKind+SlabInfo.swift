extension TextKind {
  package static let slabinfo = TextKind(
    "/proc/slabinfo",
    tells: "what the kernel's caches hold, not in which zones",
    advice: addZoneinfo
  ) { line in line.hasPrefix("slabinfo - version") || line.hasPrefix("Active / Total Objects") }
}
