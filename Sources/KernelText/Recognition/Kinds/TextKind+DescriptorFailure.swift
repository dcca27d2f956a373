extension TextKind {
  /// Page descriptors of memory that is being added are taken from memory that is there.
  package static let descriptorFailure = TextKind(
    "page descriptors that could not be had for hot-added memory",
    tells: "that memory was being added and the kernel zones had no room for its descriptors",
    advice: """
      zonewise plan --add says how much a device needs; memmap_on_memory takes it from the device \
      itself
      """,
    isMessage: true
  ) { line in
    line.has(anyOf: ["vmemmap alloc failure", "arch_add_memory failed", "add_memory failed"])
  }
}
