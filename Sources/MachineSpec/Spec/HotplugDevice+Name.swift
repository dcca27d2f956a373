package import KernelBehavior

extension HotplugDevice {
  /// The names that `init(name:)` takes.
  package static let names = ["dimm", "virtio-mem", "cxl", "pmem", "block"]

  /// Reads `dimm`, `pmem`, `pmem,mode=devdax`, `pmem,map=mem`; nil for anything else.
  package init?(name: String) {
    let words = name.split(separator: ",", omittingEmptySubsequences: false)
    var options: [Substring: Substring] = [:]
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, options[parts[0]] == nil else { return nil }
      options[parts[0]] = parts[1]
    }
    guard let kind = words.first, kind == "pmem" || options.isEmpty else { return nil }
    switch kind {
    case "dimm": self = .dimm
    case "virtio-mem": self = .virtioMem
    case "cxl": self = .cxl
    case "block": self = .block
    case "pmem":
      guard let mode = Self.persistentMode(&options), options.isEmpty else { return nil }
      self = .pmem(mode)
    default: return nil
    }
  }

  private static func persistentMode(_ options: inout [Substring: Substring]) -> PersistentMode? {
    let mode = options.removeValue(forKey: "mode") ?? "fsdax"
    if mode == "system-ram" { return .systemRAM }
    guard let map = MapLocation(rawValue: String(options.removeValue(forKey: "map") ?? "dev"))
    else { return nil }
    switch mode {
    case "fsdax": return .fsdax(map)
    case "devdax": return .devdax(map)
    default: return nil
    }
  }
}
