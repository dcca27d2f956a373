internal import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW206: DAX or CXL memory as RAM with its descriptors in kernel zones.
enum KmemMemmap: HostRule {
  static let about = RuleDescription(
    code: "ZW206",
    slug: "kmem-memmap",
    title: "Device memory as RAM is described in kernel zones",
    causes: ["devices"],
    why: """
      A DAX or CXL device that becomes RAM (driver kmem) is hot-added memory: its descriptors come \
      from the kernel zones of other memory, unless memmap_on_memory is on twice: for the kernel \
      (memory_hotplug.memmap_on_memory=1, at boot only) and for the device. The device's switch is \
      on by default for CXL, off for persistent and firmware-reserved memory.
      """,
    observes: """
      /sys/bus/dax/drivers/kmem, size and memmap_on_memory of /sys/bus/dax/devices/*, \
      /sys/module/memory_hotplug/parameters/memmap_on_memory
      """,
    remedy: "memory_hotplug.memmap_on_memory=1 on the command line and 1 in the device's attribute",
    reference: "drivers/dax/kmem.c; mm/memory_hotplug.c, mhp_supports_memmap_on_memory",
    kernels: "kmem since 5.1; memmap_on_memory since 5.13, for each DAX device since 6.8"
  )

  struct Detail: FindingDetail {
    var devices: [String]
    var size: ByteCount
    var memmap: KernelShare
    /// Whether the kernel's switch is on, and only the devices' own are not.
    var isKernelReady: Bool
    var amounts: FindingAmounts { memmap.amounts + ["device": .bytes(size)] }
  }

  static func severity(of detail: Detail) -> Finding.Severity { detail.memmap.severity ?? .note }

  static func words(for detail: Detail) -> FindingText {
    FindingText(
      "\(detail.devices.prefix(3).joined(separator: ", ")) as RAM (\(detail.size.text)): "
        + "\(detail.memmap.size.text) of descriptors in kernel zones, \(detail.memmap.percent)",
      remedy: detail.isKernelReady
        ? detail.devices.first.map {
          "echo 1 > /sys/bus/dax/devices/\($0)/memmap_on_memory before it is bound to kmem"
        } : nil
    )
  }

  static func check(_ context: RuleContext) -> RuleOutcome {
    guard case .known(let devices, _) = context.snapshot.devices.dax else {
      return .unknown(
        context.snapshot.devices.dax.reason,
        effect: "whether device memory is described in kernel zones is unknown"
      )
    }
    let memory = devices.filter(\.isRAM)
    guard !memory.isEmpty else { return .notApplicable }
    let isOn = context.facts.describesItself
    let paying = memory.filter { !isOn || $0.memmapOnMemory.value != true }
    let total = paying.total(\.size)
    guard case .known(let total, _) = total else {
      return .unknown(total.reason, effect: "descriptors of device memory are unknown")
    }
    let memmap = context.facts.descriptor.bytes(for: total)
    guard memmap > 0 else { return .passed }
    let detail = Detail(
      devices: paying.map(\.name),
      size: total,
      memmap: context.share(of: memmap),
      isKernelReady: isOn
    )
    return .found([
      finding(
        detail,
        evidence: [context.evidence(.memmapOnMemory)]
          + paying.map {
            Evidence(
              "/sys/bus/dax/devices/\($0.name)/memmap_on_memory",
              nil,
              $0.memmapOnMemory.map(KernelFormat<Bool>.bit.render).value ?? "not there"
            )
          }
      )
    ])
  }
}
