internal import HostModel
internal import KernelText

extension BootReserver {
  /// `reserve_crashkernel_generic` (kernel/crash_reserve.c, before 6.9 each architecture's own): below
  /// 4 GiB, or with `,high` from the top, and a low part beside what lies above.
  mutating func reserveForCrash() {
    let memory = map.totalPages.bytes(of: map.pageSize)
    guard let crash = CrashKernelArgument(arguments, memory: memory),
      let argument = crash.words.first
    else { return }
    let size = pages(crash.size)
    let border = frame(.gibibytes(4))
    let low = FrameRange(start: 0, end: border)
    let high = FrameRange(start: border, end: max(end, border))
    var found: FrameRange?
    switch crash.place {
    case .at(let start):
      let frames = FrameRange(start: frame(start), pages: size)
      found = self.memory.isFree(frames) ? frames : nil
    case .low: found = place(size, in: low) ?? place(size, in: high)
    case .high: found = place(size, in: high) ?? place(size, in: low)
    }
    guard let found, let node = node(of: found) else {
      refuse(.crashKernel, argument, size, .noRoom)
      return
    }
    self.memory.take(found)
    let isHigh = found.start >= border
    let lowSize = isHigh ? pages(crash.low ?? usualLowSize) : .zero
    if lowSize > 0 {
      guard let frames = place(lowSize, in: low), let lowNode = self.node(of: frames) else {
        // Without its low part the whole of it goes back; nothing after it needs that room here.
        refuse(.crashKernel, argument, size, .noRoom)
        return
      }
      placed(argument, frames, lowNode)
    }
    placed(argument, found, node)
    reserveCrashArea(crash)
  }

  /// `DEFAULT_CRASH_KERNEL_LOW_SIZE`.
  private var usualLowSize: ByteCount {
    map.architecture == .x86_64 ? .mebibytes(256) : .mebibytes(128)
  }

  /// `CRASH_ALIGN`.
  private var crashAlignment: PageCount {
    pages(
      map.architecture == .x86_64 || map.architecture == .x86_32 ? .mebibytes(16) : .mebibytes(2)
    )
  }

  private mutating func place(_ size: PageCount, in limits: FrameRange) -> FrameRange? {
    memory.allocate(size, alignment: crashAlignment, within: limits, direction: .down)
  }

  private func node(of frames: FrameRange) -> NodeID? {
    map.ranges.first { $0.frames.overlaps(frames) }?.node
  }

  private mutating func placed(
    _ argument: KernelArgument,
    _ frames: FrameRange,
    _ node: NodeID
  ) {
    add(
      BootReservation(
        .crashKernel,
        argument,
        node: nil,
        pages: frames.pages,
        outcome: .placed(frames, node)
      )
    )
  }

  /// `reserve_crashkernel_cma`: in up to four areas, halved where there is no room.
  private mutating func reserveCrashArea(_ crash: CrashKernelArgument) {
    guard crash.cma > .zero,
      let argument = crash.words.last(where: { $0.value?.hasSuffix(",cma") == true })
    else { return }
    guard kernel.hasOrAssumed(.crashAreas) else {
      refuse(.crashArea, argument, pages(crash.cma), .notInThisKernel)
      return
    }
    var request = pages(crash.cma)
    var left = request
    var ranges = 0
    while left > 0, ranges < 4, request > 1 {
      var attempt = self
      if attempt.declare(.crashArea, argument, request) {
        self = attempt
        left.take(upTo: request)
        ranges += 1
      } else {
        request = PageCount((request.count + 1) / 2)
      }
    }
    if left > 0 { refuse(.crashArea, argument, left, .noRoom) }
  }
}
