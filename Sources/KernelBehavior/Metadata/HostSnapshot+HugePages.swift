package import HostModel
internal import KernelText

extension HostSnapshot {
  /// Whether huge pages give most of their page descriptors back; nil where the kernel can't.
  package var hugePageOptimization: Bool? {
    if let now = hugePages.optimizesVmemmap.value { return now }
    let arguments = commandLine.value.map { KernelCommandLineText.arguments($0) } ?? []
    guard Kernel(self).hasOrAssumed(.bootTimeHugePageOptimization),
      let value = arguments.last(where: { $0.normalizedName == "hugetlb_free_vmemmap" })?.value
    else { return nil }
    return KernelFormat<Bool>.boolean.parse(value) ?? false
  }
}
