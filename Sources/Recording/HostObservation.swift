package import Advice
package import History
package import HostModel

/// How a host stood at one moment, as it is recorded.
package struct HostObservation: Sendable {
  /// A boot, told from the next by the kernel's boot_id.
  package struct Boot: Hashable, Sendable {
    package var id: String
    /// Seconds since 1970.
    package var time: Int64

    package init(id: String, time: Int64) {
      self.id = id
      self.time = time
    }
  }

  package var host: String
  /// Seconds since 1970.
  package var time: Int64
  /// Nil where the source does not tell it.
  package var boot: Boot?
  package var kernel: String
  /// The arguments of the boot that size zones; others may hold secrets and are not kept.
  package var arguments: String
  package var samples: [(key: HistoryKey, value: ByteCount)]
  package var verdict: Verdict
  package var nodeVerdicts: [(node: NodeID, verdict: Verdict)]

  package init(
    host: String,
    time: Int64,
    boot: Boot?,
    kernel: String,
    arguments: String,
    samples: [(key: HistoryKey, value: ByteCount)],
    verdict: Verdict,
    nodeVerdicts: [(node: NodeID, verdict: Verdict)]
  ) {
    self.host = host
    self.time = time
    self.boot = boot
    self.kernel = kernel
    self.arguments = arguments
    self.samples = samples
    self.verdict = verdict
    self.nodeVerdicts = nodeVerdicts
  }
}
