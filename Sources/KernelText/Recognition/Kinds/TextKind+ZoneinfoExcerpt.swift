extension TextKind {
  /// Parts of /proc/zoneinfo between other lines: what grep -A prints, or a copy without its top.
  package static let zoneinfo = TextKind(
    "parts of /proc/zoneinfo",
    tells: "some counters of some zones; a ratio of parts would be none of the machine's",
    advice: "give the whole file, as cat prints it, without grep"
  ) { line in
    line.isZoneHeading || line.hasPrefix("pages free ") || line.hasPrefix("protection: (")
  }
}

extension TextLine {
  /// `Node 0, zone   Normal`
  var isZoneHeading: Bool { words.count == 4 && words[0] == "Node" && words[2] == "zone" }
}
