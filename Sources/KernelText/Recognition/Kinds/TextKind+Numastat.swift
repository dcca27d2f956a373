extension TextKind {
  package static let numastat = TextKind(
    "the output of numastat",
    tells: "on which nodes memory was allocated, nothing of their zones",
    advice: addZoneinfo
  ) { line in
    line.words.count == 2 && line.isNumber(of: "numa_hit")
      || line.words.count > 1 && line.words[0] == "numa_hit"
        && line.endsInNumbers(behind: 1, least: 1)
      || line.hasPrefix("Per-node system memory usage")
      || line.hasPrefix("Per-node process memory usage")
  }
}
