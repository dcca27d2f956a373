/// Outstanding long-term pins, as far as counters tell.
///
/// References, not unique pages; the smallest of several samples, so that short direct I/O drops out.
package struct PinStatistics: Hashable, Sendable {
  package var system: Reading<PageCount>
  package var perNode: [NodeID: Reading<PageCount>]
  /// How many samples the minimum was taken over.
  package var samples: Int

  package init(
    system: Reading<PageCount> = .unknown(.missing(input: "/proc/vmstat")),
    perNode: [NodeID: Reading<PageCount>] = [:],
    samples: Int = 0
  ) {
    self.system = system
    self.perNode = perNode
    self.samples = samples
  }
}
