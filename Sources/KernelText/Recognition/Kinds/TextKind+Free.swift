extension TextKind {
  package static let free = TextKind(
    "the output of free",
    tells: "how much memory the whole machine has and uses, nothing of its zones",
    advice: addZoneinfo
  ) { line in line.words.starts(with: ["total", "used", "free"]) }
}
