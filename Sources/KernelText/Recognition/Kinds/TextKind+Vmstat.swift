extension TextKind {
  package static let vmstat = TextKind(
    "/proc/vmstat",
    tells: "counters of the whole machine, not of its zones",
    advice: addZoneinfo,
    // Zones and nodes have counters of the same names.
    isPartOf: zoneinfo.name
  ) { line in
    line.words.count == 2
      && (line.isNumber(of: "nr_free_pages") || line.isNumber(of: "pgfault")
        || line.isNumber(of: "pgpgin"))
  }
}
