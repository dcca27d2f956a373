extension TextKind {
  package static let vmallocFailure = TextKind(
    "a failed vmalloc",
    tells: "that no address range or no page was had for it; zones are rarely the reason",
    advice: "give the whole report with its Mem-Info, and /proc/zoneinfo of the same host",
    isMessage: true
  ) { line in
    line.has(anyOf: [
      "vmalloc error: ", "vmalloc: allocation failure", "vmap allocation for size",
      "vm_struct allocation failed", "vmalloc size of",
    ])
  }
}
