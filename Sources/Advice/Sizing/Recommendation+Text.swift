internal import HostModel
internal import KernelBehavior

extension Recommendation.Reason {
  /// One sentence.
  package var text: String {
    switch self {
    case .demandUnknown: "the demand on the kernel zones is not known, so nothing is advised"
    case .notAsked(let safe):
      "no memory is Movable and none was asked for; up to \(safe.text) would be safe"
    case .zonesFit: "the zones fit what this host needs"
    case .highMemory:
      "no argument makes kernel memory of HighMem; a 64-bit kernel does, and another split of "
        + "addresses (CONFIG_VMSPLIT_2G, or vmalloc= made smaller) moves some of it down"
    case .noneIsSafe(let needed, fillsUp: false):
      "no Movable is safe here: the kernel zones need \(needed.text)"
    case .noneIsSafe(let needed, fillsUp: true):
      "no Movable is safe here: user memory settles in kernel zones of a full host, which need "
        + needed.text
    case .blocksUnknown:
      "memory comes and goes here, and without /sys/devices/system/memory no policy for it can be "
        + "worked out"
    case .notPredicted(let refusal): "the boot layout can't be predicted here: \(refusal)"
    case .policy(let reason): reason.text
    case .devices(let reason):
      "the planned devices alone bring more Movable than the kernel zones bear, so no boot memory may "
        + "be Movable and a policy bounds what is added; " + reason.text
    case .noArgument(let why, let instead): "no boot argument does it (\(why)); \(instead.text)"
    case .nearest(let isWished, let isBlockAligned, let roundedUp):
      (isWished
        ? "as near to it as arguments come from below"
        : "the most that leaves every node the kernel memory it needs")
        + Self.boundaries(isBlockAligned, roundedUp)
    case .booted: "the host is booted with these zones already"
    case .noSizeHelps:
      "no size of ZONE_MOVABLE leaves the kernel zones more; memory is short as a whole"
    case .needs: "what is needed takes them; the zones stay as they are"
    case .nearEnough: "the zones are as near to it as is worth a reboot"
    }
  }

  private static func boundaries(_ areBlockAligned: Bool?, _ roundedUp: ByteCount) -> String {
    switch areBlockAligned {
    case true? where roundedUp > .zero:
      "; with \(roundedUp.text) more, so that its boundaries are memory-block boundaries too"
    case true?: "; its boundaries are memory-block boundaries too"
    case false?: "; boundaries on memory blocks would cost more than a tenth of it"
    case nil: ""
    }
  }
}
