extension TextKind {
  package static let vmstatCommand = TextKind(
    "the output of vmstat",
    tells: "how memory was used over time, of the whole machine",
    advice: addZoneinfo
  ) { line in line.hasPrefix("procs ---") }
}
