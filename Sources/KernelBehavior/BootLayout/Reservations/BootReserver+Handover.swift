internal import HostModel
internal import KernelText

extension BootReserver {
  /// `kho_reserve_scratch` (kernel/liveupdate/kexec_handover.c): one area low, one for all nodes, one
  /// on each node, all from the top down and as CMA pageblocks.
  mutating func reserveForHandover() {
    guard let word = handover else { return }
    guard kernel.hasOrAssumed(.handoverAreas) else {
      refuse(.handover, word, .zero, .notInThisKernel)
      return
    }
    guard let argument = last("kho_scratch"), let sizes = Self.sizes(argument.value ?? "") else {
      return
    }
    let low = FrameRange(start: 0, end: min(frame(.gibibytes(4)), end))
    let all = FrameRange(start: 0, end: end)
    var areas: [(size: ByteCount, limits: FrameRange, node: NodeID?)] = [
      (sizes[0], low, nil), (sizes[1], all, nil),
    ]
    for node in map.nodes { areas.append((sizes[2], all, node)) }
    for area in areas where area.size > .zero {
      // SCRATCH_ALIGNMENT_BYTES
      let size = pages(area.size).roundedUp(to: map.startAlignment)
      guard
        let found = memory.allocate(
          size,
          alignment: map.startAlignment,
          within: area.limits,
          node: area.node,
          direction: .down
        ), let place = map.ranges.first(where: { $0.frames.overlaps(found) })
      else {
        refuse(.handover, argument, size, .noRoom, node: area.node)
        return
      }
      add(
        BootReservation(
          .handover,
          argument,
          node: area.node,
          pages: size,
          outcome: .placed(found, place.node)
        )
      )
    }
  }

  /// What can't be told of the areas.
  var handoverNotes: [String] {
    guard handover != nil, kernel.hasOrAssumed(.handoverAreas),
      last("kho_scratch").flatMap({ Self.sizes($0.value ?? "") }) == nil
    else { return [] }
    return [
      "kho=on sets areas apart as CMA, twice as large as what the kernel reserves at boot: how large "
        + "and where is not known before; kho_scratch=LOW,ALL,NODE says it"
    ]
  }

  /// `kho=` where it switches handing over on.
  private var handover: KernelArgument? {
    guard let word = last("kho"), KernelFormat<Bool>.boolean.parse(word.value ?? "") == true else {
      return nil
    }
    return word
  }

  /// `kho_parse_scratch_size`: three sizes, of which one is not zero; nil for a percentage and for
  /// what the kernel refuses.
  private static func sizes(_ text: String) -> [ByteCount]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { KernelFormat<ByteCount>.memparse.parse(String($0)) }
    guard parts.count == 3, sizes.count == 3, sizes.contains(where: { $0 > .zero }) else {
      return nil
    }
    return sizes
  }
}
