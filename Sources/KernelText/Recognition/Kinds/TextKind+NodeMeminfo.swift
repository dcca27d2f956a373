extension TextKind {
  package static let nodeMeminfo = TextKind(
    "a NUMA node's meminfo",
    tells: "how much memory a node has and uses, nothing of its zones",
    advice: addZoneinfo
  ) { line in
    line.words.count > 4 && line.words[0] == "Node" && line.words[2] == "MemTotal:"
  }
}
