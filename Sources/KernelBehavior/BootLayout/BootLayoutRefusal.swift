/// Why a boot can't be predicted from what is known.
package enum BootLayoutRefusal: Error, Hashable, Sendable {
  /// The log has no memory ranges; `hasStrays` where only their end is left.
  case rangesMissing(hasStrays: Bool)
  /// Lines of the block are missing or damaged.
  case rangesIncomplete(String)
  case architectureUnknown
  case memory(MemoryMapError)
  /// The kernel says that memory is mirrored, and not which.
  case mirroredRangesUnknown
  /// `kernelcore` without a value: this kernel dies before it has zones.
  case crashes
  /// `kernelcore=mirror` takes all of lowmem from ZONE_NORMAL: this kernel dies at boot.
  case mirrorTakesLowMemory
  /// What is predicted for the present boot is not what the kernel made.
  case disagrees
  /// The input that the layout is made from can't be read.
  case inputUnknown(String)
}

extension BootLayoutRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rangesMissing(let hasStrays):
      (hasStrays
        ? "the log begins after the start of the memory ranges"
        : "the log has no memory ranges (the lines below \"Early memory node ranges\")")
        + "; take it with \"journalctl -k -b\", or boot with a larger log_buf_len="
    case .rangesIncomplete(let what):
      "the log's memory ranges are incomplete: \(what); take it with \"journalctl -k -b\""
    case .architectureUnknown:
      "nothing in the log tells the architecture; state it with --arch (x86_64, aarch64, ppc64, …) "
        + "or give the whole log, from \"Linux version\" on"
    case .memory(let error):
      error.description
    case .mirroredRangesUnknown:
      "memory is mirrored on this machine and the log doesn't say which; boot with efi=debug, "
        + "which prints it"
    case .crashes:
      "kernelcore without a value crashes this kernel before it prints anything"
    case .mirrorTakesLowMemory:
      "kernelcore=mirror crashes this 32-bit kernel at boot: memory that isn't mirrored leaves "
        + "ZONE_NORMAL, which is all of lowmem; remove it, or give kernelcore a size"
    case .disagrees:
      "the zones predicted for the present boot are not those that the kernel made, so nothing is "
        + "advised on the strength of such a prediction"
    case .inputUnknown(let why):
      why
    }
  }
}
