package import HostModel
package import KernelBehavior

/// Whether the Movable that the user would like can be had safely here, and what will be had.
package struct WishAnswer: Hashable, Sendable {
  package var wish: MovableWish
  /// What was asked, in bytes of this host; for `max` what is safe.
  package var movable: ByteCount
  /// What the arguments give; nil where no boot argument makes the zones of this host.
  package var gives: ByteCount?
  /// Whether a boundary inside a memory block was passed by, so that what is Movable can be taken
  /// offline block by block: another argument might come nearer.
  package var keepsBlocksWhole = false
  /// Whether that is within a tenth of what was asked, and safe.
  package var isSafe: Bool
  /// What can be had below and above the wish; empty where it is met.
  package var nearest: [Option]
  /// Why no argument can be named, where none can.
  package var obstacle: Obstacle?
  /// The argument that comes nearest from below; nil where no argument makes the zones.
  var found: BootSizes.Found?

  package enum Obstacle: Hashable, Sendable {
    /// Movable comes by onlining: a policy decides there.
    case onlined
    case notPredicted(BootLayoutRefusal)
  }

  /// A size that arguments do give, and what it costs.
  package struct Option: Hashable, Sendable {
    package var argument: String
    package var movable: ByteCount
    package var kernel: ByteCount
    package var isSafe: Bool
    /// What keeps it from being safe.
    package var cost: Cost?
  }

  package enum Cost: Hashable, Sendable {
    /// A node keeps less kernel memory than it needs.
    case node(NodeID, keeps: ByteCount, needs: ByteCount)
    /// All nodes together keep less than they need.
    case host(keeps: ByteCount, needs: ByteCount)
    /// They keep enough, but not once user memory fills the host.
    case userMemory(lacks: ByteCount)
    /// Gigantic pages find too few aligned pieces in them.
    case pieces(lacks: ByteCount)
    /// A CMA area would lie across the start of the node's ZONE_MOVABLE.
    case areaGivenUp(NodeID)
  }

  /// Whether what is had differs from what was asked by so much that it is worth a word.
  package var isOffByMuch: Bool {
    guard let gives else { return false }
    return gives.text != movable.text
  }
}

extension WishAnswer {
  /// Holds a wish against what the kernel zones must keep and what arguments give.
  init(_ wish: MovableWish, sizing: Sizing, way: MovableWay) {
    let asked = wish.movable(of: sizing.present) ?? sizing.maxSafeMovable
    self.init(
      wish: wish,
      movable: asked,
      isSafe: asked <= sizing.maxSafeMovable && asked > .zero,
      nearest: []
    )
    switch way {
    case .onlining: obstacle = .onlined
    case .unknown(let refusal): obstacle = .notPredicted(refusal)
    case .boot(let boot):
      let found = boot.largest(sizing, atMost: asked)
      self.found = found
      gives = (try? found.get()).map(boot.movable) ?? .zero
      keepsBlocksWhole = (try? found.get())?.isBlockAligned == true
      let lacks = asked.subtractingOrZero(gives ?? .zero)
      isSafe = asked > .zero && gives != .zero && lacks <= asked.scaled(by: 1, over: 10)
      if !isSafe { nearest = boot.nearest(asked, found, sizing) }
    }
  }
}
