internal import HostModel

/// ZW205: DAX devices whose page descriptors lie in kernel zones.
enum DeviceMemmap: Rule {
  static let about = RuleDescription(
    code: "ZW205",
    slug: "device-memmap",
    title: "Page descriptors of persistent memory lie in kernel zones",
    causes: ["devices"],
    why: """
      DAX needs a page descriptor for each page of the device: 1/64 of its size with 4 KiB pages. \
      With map=dev they lie on the device itself; with map=mem (and for legacy e820 memory without \
      a page-map device) they come from the kernel zones. For device DAX in pages of 2 MiB or \
      1 GiB most of them are deduplicated (1/4 and next to nothing stay, since 5.19).
      """,
    observes: """
      mode, size and namespace of /sys/bus/nd/devices/*, size and align of /sys/bus/dax/devices/*
      """,
    remedy: "ndctl create-namespace -f -e NAMESPACE --map=dev (destroys what is stored there)",
    reference: "drivers/nvdimm/pfn_devs.c; mm/sparse-vmemmap.c; Documentation/mm/vmemmap_dedup.rst",
    kernels: "all; deduplication since 5.19 on x86-64, later on others",
    positive: ["pmem-map-mem", "pmem-legacy"],
    negative: ["pmem-map-dev"]
  )

  private struct Share {
    var name: String
    var size: ByteCount
    var memmap: ByteCount
    var seen: String
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let devices) = context.snapshot.devices.persistentMemory else {
      return .unknown(
        context.snapshot.devices.persistentMemory.reason,
        effect: "page descriptors of DAX devices are unknown"
      )
    }
    let sized = devices.filter { ($0.size.value ?? .zero) > 0 || $0.size.value == nil }
    guard !sized.isEmpty else { return .notApplicable }
    var shares: [Share] = []
    for device in sized {
      guard case .known(let mode) = device.mode else {
        return .unknown(device.mode.reason, effect: "where \(device.name) is described is unknown")
      }
      guard paysInRAM(device, mode: mode, all: sized) else { continue }
      guard case .known(let size) = device.size else {
        return .unknown(device.size.reason, effect: "descriptors of \(device.name) are unknown")
      }
      shares.append(
        Share(
          name: device.name,
          size: size,
          memmap: kept(device, size: size, context),
          seen: "/sys/bus/nd/devices/\(device.name) mode: \(mode), size: \(size.count)"
        )
      )
    }
    let total = shares.map(\.memmap).total()
    guard total > 0 else { return .passed }
    let names = shares.map(\.name).prefix(3).joined(separator: ", ")
    return .found([
      Finding(
        Self.self,
        context.severity(of: total) ?? .note,
        message: "\(total.text) of kernel memory describe \(names) "
          + "(\(shares.map(\.size).total().text) of DAX): " + context.share(total),
        evidence: shares.map(\.seen)
      )
    ])
  }

  private static func paysInRAM(
    _ device: PersistentMemoryDevice,
    mode: String,
    all: [PersistentMemoryDevice]
  ) -> Bool {
    switch device.kind {
    case .pfn, .dax: return mode == "ram"
    case .namespace:
      // A namespace of pages that no page-map device claims is legacy memory, described in RAM.
      guard mode == "memory" || mode == "dax" else { return false }
      return !all.contains { $0.kind != .namespace && $0.namespace.value == device.name }
    }
  }

  /// What is left of the descriptors after deduplication: device DAX only.
  private static func kept(
    _ device: PersistentMemoryDevice,
    size: ByteCount,
    _ context: RuleContext
  ) -> ByteCount {
    let full = StructPage.memmap(of: size, pageSize: context.pageSize)
    guard device.kind == .dax, context.snapshot.architecture.value == .x86_64,
      context.kernel?.isAtLeast(5, 19) ?? false
    else { return full }
    let number = device.name.dropFirst(3)
    let dax = context.snapshot.devices.dax.value?.first { $0.name.dropFirst(3) == number }
    guard dax?.driver == .deviceDAX, let align = dax?.align.value, align > context.pageSize.bytes
    else { return full }
    // Two pages of descriptors stay for each page of the device's alignment.
    let units = size.count / max(1, align.count)
    return min(full, context.pageSize.bytes * 2 * units)
  }
}
