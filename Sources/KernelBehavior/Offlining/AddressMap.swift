internal import HostModel

/// What /proc/iomem tells about memory: root reads it.
struct AddressMap: Hashable, Sendable {
  var systemRAM: [FrameRange]
  /// From the first to the last byte of code and data; nil where the map does not say.
  var kernelImage: FrameRange?
  var crashKernel: [FrameRange]
  /// The part that a driver brought: its name is in parentheses.
  var driverManaged: [FrameRange]
  /// Each with the memory that came in one piece.
  var pieces: [FrameRange]

  init?(_ ranges: [IOMemRange]?, pageSize: PageSize) {
    guard let ranges else { return nil }
    // `System RAM (kmem)` and the like may stand below a CXL window: the depth says nothing.
    let memory = ranges.filter { $0.name.hasPrefix("System RAM") }
    guard !memory.isEmpty else { return nil }
    pieces = memory.map { FrameRange(whollyIn: $0.addresses, pageSize: pageSize) }
      .filter { !$0.isEmpty }
    systemRAM = pieces.merged()
    driverManaged = memory.filter { $0.name.hasPrefix("System RAM (") }
      .map { FrameRange(whollyIn: $0.addresses, pageSize: pageSize) }.merged()
    crashKernel = ranges.filter { $0.name.hasPrefix("Crash kernel") }
      .map { FrameRange(touchedBy: $0.addresses, pageSize: pageSize) }
    let names = ["Kernel code", "Kernel rodata", "Kernel data", "Kernel bss"]
    let image = ranges.filter { names.contains($0.name) }
      .map { FrameRange(touchedBy: $0.addresses, pageSize: pageSize) }
    kernelImage = image.first.map { first in image.reduce(first) { $0.hull($1) } }
  }
}
