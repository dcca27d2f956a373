package import HostModel

/// `cma=SIZE[@START[-END]]`: the area that devices share (`early_cma`, kernel/dma/contiguous.c).
package struct CMAArgument: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    case anywhere
    /// There and nowhere else.
    case at(ByteCount)
    case between(ByteCount, ByteCount)
  }

  package let size: ByteCount
  package let place: Place

  /// Without digits the size is zero: no area, not even the one that the config asks for.
  package init(_ value: String) {
    var scanner = SizeScanner(value)
    let size = scanner.size() ?? .zero
    self.size = size
    guard scanner.take("@") else {
      place = .anywhere
      return
    }
    let start = scanner.size() ?? .zero
    let end = scanner.take("-") ? scanner.size() ?? .zero : start + size
    // Only a start of zero leaves the place open (`cma_declare_contiguous_nid`).
    if start + size == end, start > .zero {
      place = .at(start)
    } else {
      place = .between(start, end)
    }
  }
}
