internal import Advice

extension FoundByKernel {
  /// Worst first; kernels are named where it is not all of them.
  func placed(by placer: FindingPlacer) -> [CheckFinding] {
    let ordered = found.worstFirst(\.finding.severity)
    return zip(placer.place(ordered.map(\.finding)), ordered).map { placed, entry in
      var placed = placed
      if entry.kernels.count < all.count { placed.kernels = entry.kernels }
      return placed
    }
  }
}
