extension TextKind {
  package static let iomem = TextKind(
    "/proc/iomem",
    tells: "where RAM lies, where root has read it; nothing of zones",
    advice: addZoneinfo
  ) { line in
    line.words.count >= 4 && line.words[1] == ":" && line.text.hasSuffix(" : System RAM")
  }
}
