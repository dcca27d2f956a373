extension TextKind {
  package static let bootMessages = TextKind(
    "boot messages",
    tells: """
      how memory was divided, if they have the lines below "Early memory node ranges"; nothing of \
      what is in use
      """,
    advice: "zonewise predict reads them"
  ) { line in
    line.hasPrefix("Linux version ") || line.hasPrefix("BIOS-e820: ")
      || line.hasPrefix("Zone ranges:") || line.hasPrefix("Early memory node ranges")
  }
}
