internal import HostModel
internal import KernelText

/// Memory that a command line sets apart: CMA areas and the crash kernel's.
struct ClassReservations {
  private let arguments: [KernelArgument]

  init(_ machineClass: MachineClass, pageSize: PageSize) {
    arguments = KernelCommandLineText.arguments(machineClass.commandLine.text)
  }

  /// `cma=` and `hugetlb_cma=`: what only movable pages may use.
  var cma: ByteCount { size(of: "cma") + size(of: "hugetlb_cma") }

  private func size(of name: String) -> ByteCount {
    guard let value = arguments.last(where: { $0.normalizedName == name })?.value else {
      return .zero
    }
    // `cma=256M@0-4G`, `hugetlb_cma=0:1G,1:1G`
    return value.split(separator: ",").map { part in
      let amount = part.split(separator: ":").last ?? part
      return Self.size(amount)
    }.total()
  }

  /// A size up to its `@`, as the kernel reads it.
  private static func size(_ text: Substring) -> ByteCount {
    KernelFormat<ByteCount>.memparse.parse(String(text)) ?? .zero
  }

  /// `crashkernel=512M`, `crashkernel=512M,high`, `crashkernel=1G-4G:192M,4G-:512M`
  /// (Documentation/admin-guide/kdump/kdump.rst); `auto` is a distribution's.
  func crashKernel(of memory: ByteCount) -> ByteCount {
    guard let value = arguments.last(where: { $0.normalizedName == "crashkernel" })?.value else {
      return .zero
    }
    for part in value.split(separator: ",") {
      let pair = part.split(separator: ":", maxSplits: 1)
      if pair.count == 2 {
        let ends = pair[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = KernelFormat<ByteCount>.memparse.parse(String(ends[0])),
          memory >= first
        else {
          continue
        }
        let last = KernelFormat<ByteCount>.memparse.parse(String(ends[1])) ?? .max
        guard memory < last else { continue }
      }
      return Self.size(pair.last ?? part)
    }
    return .zero
  }
}
