internal import HostModel

extension OnlinePolicyArguments.Reason {
  /// One sentence.
  package var text: String {
    switch self {
    case .bootMemoryIsUsedUp(let boot, let kernel):
      "boot memory of \(boot.text) holds no more than the kernel's own \(kernel.text): "
        + "added memory must be kernel memory"
    case .upTo(let limit, let size, let early, let kernel, let cost, let percent):
      "\(limit.text): \(size.text) of Movable on \(early) pages of boot memory takes "
        + "\(percent) percent; the kernel's own \(kernel.text) and \(cost.text) for each GiB of "
        + "Movable fit"
    case .paidFor(let boot, let kernel, let cost, let percent, let limit):
      "boot memory \(boot.text) − the kernel's own \(kernel.text) pays \(cost.text) for each GiB "
        + "of Movable: \(percent) percent, below the limit \(limit)"
    }
  }
}

extension OnlinePolicyArguments.Limit {
  fileprivate var text: String {
    switch self {
    case .goal: "all that is to be added"
    case .ratio(let ratio): "the limit \(ratio)"
    }
  }
}
