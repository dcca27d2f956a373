package import HostModel

extension HostSnapshot {
  /// What swap can still take of user memory; none where it is not known. Of a zram disk half: what
  /// it holds lies in memory too.
  package var usableSwap: ByteCount {
    let free = meminfo.swapFree.value ?? .zero
    let compressed = (swaps.value ?? []).filter { $0.path.hasPrefix("/dev/zram") }
      .map { $0.size.subtractingOrZero($0.used) }.total()
    return free.subtractingOrZero(min(free, compressed).scaled(by: 1, over: 2))
  }
}
