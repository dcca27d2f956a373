internal import Glibc
internal import HostModel
internal import KernelText

extension HostCollector {
  /// Outstanding pins as the minimum of several samples: direct I/O pins for milliseconds,
  /// RDMA and vfio for as long as they live.
  ///
  /// Only the live host can be sampled again; elsewhere the one dump counts as one sample.
  ///
  /// - Returns: The pins, and the counters as they were last read.
  mutating func samplePins(
    vmstat: Reading<MemoryCounters>,
    nodes: Reading<[NUMANode]>
  ) -> (PinStatistics, vmstat: Reading<MemoryCounters>, nodes: Reading<[NUMANode]>) {
    var (vmstat, nodes) = (vmstat, nodes)
    var pins = Self.outstandingPins(vmstat, nodes)
    var samples = 1
    if source.description.kind == .live {
      while samples < options.pinSamples, (pins.system.value ?? 0) > 0 {
        sleep(options.pinInterval)
        readPinCounters(&vmstat, &nodes)
        let next = Self.outstandingPins(vmstat, nodes)
        pins.system = Self.smaller(pins.system, next.system)
        for (node, value) in next.perNode {
          pins.perNode[node] = Self.smaller(pins.perNode[node] ?? value, value)
        }
        samples += 1
      }
    }
    pins.samples = samples
    if let reason = pins.system.reason, vmstat.value != nil {
      unread.append(
        UnreadInput(
          input: HostInput.vmstat.path,
          reason: "\(reason)",
          effect: "long-term pins are unknown"
        )
      )
    }
    return (pins, vmstat, nodes)
  }

  private static func outstandingPins(
    _ vmstat: Reading<MemoryCounters>,
    _ nodes: Reading<[NUMANode]>
  ) -> PinStatistics {
    var pins = PinStatistics(
      system: vmstat.outstandingPins
    )
    for node in nodes.value ?? [] {
      pins.perNode[node.id] = node.vmstat.outstandingPins
    }
    return pins
  }

  private static func smaller(
    _ left: Reading<PageCount>,
    _ right: Reading<PageCount>
  ) -> Reading<PageCount> {
    left.and(right).map { min($0, $1) }
  }

  private mutating func readPinCounters(
    _ vmstat: inout Reading<MemoryCounters>,
    _ nodes: inout Reading<[NUMANode]>
  ) {
    vmstat = attempt(.vmstat) { text, file throws(ParseError) in
      MemoryCounters(try VmstatText.parse(text, file: file), in: Input(HostInput.vmstat.path))
    }
    guard var known = nodes.value else { return }
    for index in known.indices {
      let path = "\(HostInput.nodes.path)/node\(known[index].id)/vmstat"
      known[index].vmstat = attempt(HostInput(path: path, effect: nil)) {
        text,
        file throws(ParseError) in
        MemoryCounters(try VmstatText.parse(text, file: file), in: Input(path))
      }
    }
    nodes = .known(known)
  }

  private func sleep(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    usleep(UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
