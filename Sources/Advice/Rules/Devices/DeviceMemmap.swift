internal import HostModel

/// ZW205: DAX devices whose page descriptors lie in kernel zones.
enum DeviceMemmap: HostRule {
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
    kernels: "all; deduplication since 5.19 on x86-64, later on others"
  )

  struct Detail: FindingDetail {
    var devices: [String]
    var size: ByteCount
    var memmap: KernelShare
    var amounts: FindingAmounts { memmap.amounts + ["device": .bytes(size)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.memmap.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.memmap.size.text) of kernel memory describes "
        + "\(detail.devices.prefix(3).joined(separator: ", ")) (\(detail.size.text) of DAX): "
        + detail.memmap.text
    )
  }

  static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  static func check(_ context: RuleContext) -> RuleOutcome {
    let devices: [DeviceDescriptors]
    do throws(DeviceDescriptors.Untold) {
      devices = try DeviceDescriptors.all(context.facts)
    } catch {
      return .unknown(error.reason, effect: error.effect)
    }
    guard context.snapshot.devices.persistentMemory.value?.isEmpty == false else {
      return .notApplicable
    }
    let paying = devices.filter(\.isInRAM)
    let total = paying.map(\.memmap).total()
    guard total > 0 else { return .passed }
    let detail = Detail(
      devices: paying.map(\.device.name),
      size: paying.map(\.size).total(),
      memmap: context.share(of: total)
    )
    return .found([
      finding(
        detail,
        evidence: paying.map {
          Evidence(
            "/sys/bus/nd/devices/\($0.device.name)",
            "mode",
            "\($0.mode), size: \($0.size.count)"
          )
        }
      )
    ])
  }
}
