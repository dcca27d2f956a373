extension TextKind {
  package static let kernelConfig = TextKind(
    "a kernel's configuration",
    tells: "which zones a kernel can have, not how a machine's memory is divided",
    advice: addZoneinfo
  ) { line in line.hasPrefix("CONFIG_") && line.has("=") }
}
