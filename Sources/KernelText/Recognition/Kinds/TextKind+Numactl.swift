extension TextKind {
  package static let numactl = TextKind(
    "the output of numactl --hardware",
    tells: "the nodes with their sizes, CPUs and distances, nothing of their zones",
    advice: addZoneinfo
  ) { line in
    line.words.count > 3 && line.words[0] == "available:" && line.words[2].hasPrefix("node")
  }
}
