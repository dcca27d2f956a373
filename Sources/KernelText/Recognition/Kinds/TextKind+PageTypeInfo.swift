extension TextKind {
  package static let pagetypeinfo = TextKind(
    "/proc/pagetypeinfo",
    tells: "which migrate types the free and the used page blocks have, not how large zones are",
    advice: addZoneinfo
  ) { line in
    line.hasPrefix("Page block order:") || line.hasPrefix("Pages per block:")
      || line.hasPrefix("Free pages count per migrate type at order")
      || line.hasPrefix("Number of blocks type")
  }
}
