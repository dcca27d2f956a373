package import HostModel

/// How the kernel hands out kernel pages for one size: what `find_zone_movable_pfns_for_nodes` does
/// behind its label `restart`, for people to follow.
package struct SpreadTrace: Hashable, Sendable {
  /// Frames that a turn makes kernel memory.
  package struct Taken: Hashable, Sendable {
    package var frames: FrameRange
    /// Whether they lie below the end of the kernel's image and are the kernel's in any case.
    package var isKernelOnly: Bool
  }

  /// A node's turn in a pass.
  package struct Turn: Hashable, Sendable {
    package var node: NodeID
    /// What is still wanted when it comes (`required_kernelcore`).
    package var wanted: PageCount
    /// Up to how much of that it gives (`kernelcore_node`).
    package var portion: PageCount
    package var taken: [Taken] = []
  }

  /// A round over all nodes.
  package struct Pass: Hashable, Sendable {
    package var wanted: PageCount
    /// What that is divided by (`usable_nodes`).
    package var divisor: UInt64
    package var turns: [Turn] = []
  }

  /// What rounding to blocks of the largest order makes of a start.
  package struct Rounding: Hashable, Sendable {
    package var node: NodeID
    package var start: PageFrameNumber
    /// Nil where nothing of the node is left above it: it gets no ZONE_MOVABLE.
    package var rounded: PageFrameNumber?
  }

  /// What is handed out in all (`required_kernelcore`).
  package var wanted: PageCount
  package var passes: [Pass] = []
  package var roundings: [Rounding] = []
}

extension BootLayoutPlanner {
  /// The steps of the last placement; nil where no size decided about it.
  ///
  /// - Parameter arguments: What was asked for.
  /// - Returns: Every pass, turn and rounding, in the kernel's order.
  package mutating func trace(_ arguments: ZoneArguments) -> SpreadTrace? {
    place(arguments)
    let wanted = kernelPages(asked: arguments)
    guard path == .sizes, wanted > 0 else { return nil }
    var recorder = Recorder(nodes: nodes, trace: SpreadTrace(wanted: PageCount(wanted)))
    spread(wanted, watchedBy: &recorder)
    return recorder.trace
  }

  /// Writes the steps down.
  private struct Recorder: SpreadWatcher {
    let nodes: [NodeID]
    var trace: SpreadTrace

    mutating func beginPass(wanted: UInt64, divisor: UInt64) {
      trace.passes.append(SpreadTrace.Pass(wanted: PageCount(wanted), divisor: divisor))
    }

    mutating func beginNode(_ node: Int, wanted: UInt64, portion: UInt64) {
      let turn = SpreadTrace.Turn(
        node: nodes[node],
        wanted: PageCount(wanted),
        portion: PageCount(portion)
      )
      trace.passes[trace.passes.count - 1].turns.append(turn)
    }

    mutating func take(_ frame: UInt64, pages: UInt64, isKernelOnly: Bool) {
      guard pages > 0, let pass = trace.passes.indices.last,
        let turn = trace.passes[pass].turns.indices.last
      else { return }
      let frames = FrameRange(start: PageFrameNumber(frame), pages: PageCount(pages))
      trace.passes[pass].turns[turn].taken.append(
        SpreadTrace.Taken(frames: frames, isKernelOnly: isKernelOnly)
      )
    }

    mutating func round(_ node: Int, from start: UInt64, to rounded: UInt64) {
      trace.roundings.append(
        SpreadTrace.Rounding(
          node: nodes[node],
          start: PageFrameNumber(start),
          rounded: rounded == 0 ? nil : PageFrameNumber(rounded)
        )
      )
    }
  }
}
