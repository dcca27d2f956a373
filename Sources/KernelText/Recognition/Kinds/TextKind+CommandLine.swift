extension TextKind {
  package static let commandLine = TextKind(
    "a kernel command line",
    tells: "which zones were asked for, not on which machine",
    advice: "zonewise check reads it; zonewise predict BOOT-LOG --cmdline says what it gives"
  ) { line in line.hasPrefix("BOOT_IMAGE=") || line.hasPrefix("root=") && line.words.count > 1 }
}
