extension TextKind {
  /// `show_mem` asked for by hand: SysRq-m, or a driver's call.
  package static let showMemory = TextKind(
    "what the kernel shows of its memory on request (SysRq-m, Mem-Info)",
    tells: "how the zones stood; no allocation failed and nothing was killed",
    advice: "for advice, " + addZoneinfo
  ) { line in line.has("SysRq : Show Memory") || line.has("sysrq: Show Memory") }
}
