extension TextKind {
  package static let lsmem = TextKind(
    "the output of lsmem",
    tells: "which memory blocks are online and in which zone; zonewise blocks answers from it",
    advice: "for the zones themselves, " + addZoneinfo
  ) { line in
    line.words.first == "RANGE" && line.words.contains("SIZE")
      || line.hasPrefix("Memory block size:") || line.hasPrefix("Total online memory:")
  }
}
