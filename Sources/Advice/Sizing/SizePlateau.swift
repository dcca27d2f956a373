package import HostModel

/// The sizes, in pages, that all give one layout.
package struct SizePlateau: Hashable, Sendable {
  package var least: UInt64
  package var most: UInt64

  package init(least: UInt64, most: UInt64) {
    self.least = least
    self.most = most
  }

  /// How far a size lies from the nearer end.
  package func slack(around size: UInt64) -> UInt64 { min(size - least, most - size) }

  /// The size to write down.
  ///
  /// Where the layout's own kernel memory is among the sizes (what lies below 4 GiB stays kernel
  /// memory whatever is asked for) the number is near it, so that it says what it does. It keeps
  /// off the ends, so that a few pages that firmware keeps for itself do not move a boundary. Of
  /// what is left it is the roundest, in MiB where that can be.
  package func number(nearest kernel: UInt64, nodes: UInt64, pageSize: PageSize) -> UInt64 {
    let mebibyte = ByteCount.mebibytes(1).pages(of: pageSize).count
    let margin = min((most - least) / 4, 16 * mebibyte * nodes)
    var low = least + margin
    let near = kernel - kernel / 16
    if near > low, near < most - margin { low = near }
    return roundest(from: low, to: most - margin, unit: mebibyte)
      ?? roundest(from: least, to: most, unit: mebibyte)
      ?? roundest(from: least, to: most, unit: max(1, mebibyte / 1024))
      ?? most
  }

  /// The multiple of the largest power of two of units; the largest such.
  private func roundest(from low: UInt64, to high: UInt64, unit: UInt64) -> UInt64? {
    var power = unit
    while power <= high / 2 { power *= 2 }
    while power >= unit {
      let candidate = high / power * power
      if candidate >= low, candidate > 0 { return candidate }
      power /= 2
    }
    return nil
  }
}
