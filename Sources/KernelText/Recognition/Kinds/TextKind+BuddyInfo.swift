extension TextKind {
  package static let buddyinfo = TextKind(
    "/proc/buddyinfo",
    tells: "how many free blocks of each order every zone has, not how large the zones are",
    advice: addZoneinfo
  ) { line in
    line.words.count > 4 && line.words[0] == "Node" && line.words[2] == "zone"
      && line.endsInNumbers(behind: 4, least: 5)
  }
}
