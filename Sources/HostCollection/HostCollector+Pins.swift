internal import Glibc
internal import HostModel
internal import KernelText

extension HostCollector {
  /// Outstanding pins as the minimum of several samples: direct I/O pins for milliseconds,
  /// RDMA and vfio for as long as they live.
  ///
  /// Only the live host can be sampled again; elsewhere the one dump counts as one sample.
  mutating func samplePins() {
    var pins = outstandingPins()
    var samples = 1
    if source.description.kind == .live {
      while samples < options.pinSamples, (pins.system.value ?? 0) > 0 {
        sleep(options.pinInterval)
        readPinCounters()
        let next = outstandingPins()
        pins.system = Self.smaller(pins.system, next.system)
        for (node, value) in next.perNode {
          pins.perNode[node] = Self.smaller(pins.perNode[node] ?? value, value)
        }
        samples += 1
      }
    }
    pins.samples = samples
    snapshot.pins = pins
    if let reason = pins.system.reason, snapshot.vmstat.value != nil {
      snapshot.unread.append(
        UnreadInput(
          input: "/proc/vmstat",
          reason: "\(reason)",
          effect: "long-term pins are unknown"
        )
      )
    }
  }

  private func outstandingPins() -> PinStatistics {
    var pins = PinStatistics(
      system: snapshot.vmstat.outstandingPins
    )
    for node in snapshot.nodes.value ?? [] {
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

  private mutating func readPinCounters() {
    snapshot.vmstat = attempt(.vmstat) { text, file throws(ParseError) in
      MemoryCounters(try VmstatText.parse(text, file: file), in: Input(HostInput.vmstat.path))
    }
    guard var nodes = snapshot.nodes.value else { return }
    for index in nodes.indices {
      let path = "\(HostInput.nodes.path)/node\(nodes[index].id)/vmstat"
      nodes[index].vmstat = attempt(HostInput(path: path, effect: nil)) {
        text,
        file throws(ParseError) in
        MemoryCounters(try VmstatText.parse(text, file: file), in: Input(path))
      }
    }
    snapshot.nodes = .known(nodes)
  }

  private func sleep(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    usleep(UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
