/// How much Movable the user would like.
package enum MovableWish: Hashable, Sendable, CustomStringConvertible {
  /// As much as is safe.
  case max
  case size(ByteCount)
  case ratio(MovableRatio)

  package var description: String {
    switch self {
    case .max: "max"
    case .size(let size): "\(size.count) bytes"
    case .ratio(let ratio): ratio.description
    }
  }

  /// The movable bytes that are wished for on a host of `total` bytes; nil for `max`.
  package func movable(of total: ByteCount) -> ByteCount? {
    switch self {
    case .max: nil
    case .size(let size): size
    case .ratio(let ratio): ratio.movablePart(of: total)
    }
  }
}

extension MovableWish {
  /// Reads `max`, a size (`64GiB`) or a ratio (`3:1`).
  package init?(text: String) {
    if text == "max" {
      self = .max
    } else if let ratio = MovableRatio(text: text) {
      self = .ratio(ratio)
    } else if let size = ByteCount(text: text) {
      self = .size(size)
    } else {
      return nil
    }
  }
}
