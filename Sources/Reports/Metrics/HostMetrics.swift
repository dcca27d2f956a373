internal import Advice
package import Capacity
internal import HostModel
internal import Profiles

/// `zonewise metrics`: hosts as gauges, family by family.
///
/// What is not known is left out, and `zonewise_host_unknown_inputs` counts why.
package struct HostMetrics {
  private var host = MetricFamily(
    "zonewise_host",
    .info,
    about:
      "What the figures are about: zonewise's version, the kernel, and the profile it is judged by."
  )
  private var judged = MetricFamily(
    "zonewise_host_judged",
    about: "1 where the host could be judged, 0 where it could not."
  )
  private var unknown = MetricFamily(
    "zonewise_host_unknown_inputs",
    about: "Inputs that could not be read; what rests on them is missing here."
  )
  private var findings = MetricFamily(
    "zonewise_host_findings",
    about: "Findings by rule and severity; zonewise explain RULE tells what it is about."
  )
  private var needed = MetricFamily(
    "zonewise_host_kernel_needed_bytes",
    unit: "bytes",
    about: "What kernel zones must hold at the profile's horizon, reserve and margin included."
  )
  private var safe = MetricFamily(
    "zonewise_host_movable_safe_bytes",
    unit: "bytes",
    about: "The largest ZONE_MOVABLE, with CMA, that is safe on the host."
  )
  private var unexplained = MetricFamily(
    "zonewise_host_kernel_unexplained_bytes",
    unit: "bytes",
    about:
      "Memory in kernel zones that no term explains; below zero where terms explain more than is used."
  )
  private var terms = MetricFamily(
    "zonewise_host_term_bytes",
    unit: "bytes",
    about: "What the kernel uses now, by term of the account."
  )
  private var projected = MetricFamily(
    "zonewise_host_term_projected_bytes",
    unit: "bytes",
    about: "What a term comes to at the profile's horizon."
  )
  private var whole = PlaceMetrics("host", "the host")
  private var nodes = PlaceMetrics("node", "the node")
  private let namesHosts: Bool

  /// - Parameter namesHosts: Whether samples bear the host's name and where it is from: a scrape of one
  ///   host has that already.
  package init(namesHosts: Bool) { self.namesHosts = namesHosts }

  package mutating func add(_ row: HostRow) {
    let own = namesHosts ? [(name: "host", value: row.name), ("source", row.source)] : []
    judged.add(own, row.failure == nil ? "1" : "0")
    guard row.failure == nil else { return }
    host.add(
      own + [
        ("version", ToolVersion.current), ("kernel", row.kernelRelease ?? ""),
        ("arch", row.architecture ?? ""), ("profile", row.profile),
      ],
      "1"
    )
    unknown.add(own, "\(row.unknownInputs)")
    needed.add(own, row.needed.map { "\($0.count)" })
    safe.add(own, row.maxSafeMovable.map { "\($0.count)" })
    unexplained.add(own, row.unexplained.map { "\($0)" })
    whole.add(
      own,
      PlaceMetrics.Figures(
        kernel: row.kernel,
        movable: row.movable,
        ratio: row.ratio,
        headroom: row.headroom,
        whenFull: row.headroomWhenFull,
        verdict: row.verdict
      )
    )
    for node in row.nodes {
      nodes.add(
        own + [("node", "\(node.node.number)")],
        PlaceMetrics.Figures(
          kernel: node.kernel,
          movable: node.movable,
          ratio: node.ratio,
          headroom: node.headroom.value,
          whenFull: node.full.value?.least,
          verdict: node.verdict
        )
      )
    }
    add(row.terms, own)
    add(row.findings, own)
  }

  package func render(as format: MetricFormat, with forecast: ForecastMetrics? = nil) -> [UInt8] {
    MetricText.render(
      [host, judged, unknown, findings] + whole.families + [
        needed, safe, unexplained, terms, projected,
      ]
        + nodes.families + (forecast?.families ?? []),
      as: format
    )
  }

  private mutating func add(_ all: [DemandTerm], _ own: [(name: String, value: String)]) {
    for term in all {
      var labels = own + [("term", term.id.id)]
      if let node = term.node { labels.append(("node", "\(node.number)")) }
      terms.add(labels, "\(term.now.count)")
      projected.add(labels, "\(term.projected.count)")
    }
  }

  /// A rule and severity is one sample, however many nodes it was found on.
  private mutating func add(_ all: [FindingBrief], _ own: [(name: String, value: String)]) {
    var counts: [(finding: FindingBrief, count: Int)] = []
    for finding in all {
      let same = counts.firstIndex {
        $0.finding.code == finding.code && $0.finding.severity == finding.severity
      }
      if let same { counts[same].count += 1 } else { counts.append((finding, 1)) }
    }
    for (finding, count) in counts {
      findings.add(
        own + [
          ("rule", finding.code), ("name", finding.rule), ("severity", finding.severity.rawValue),
        ],
        "\(count)"
      )
    }
  }
}

/// The figures that a host and each of its nodes have alike.
private struct PlaceMetrics {
  struct Figures {
    var kernel: ByteCount
    var movable: ByteCount
    var ratio: MovableRatio
    var headroom: ByteCount?
    var whenFull: ByteCount?
    var verdict: Verdict
  }

  private var kernel: MetricFamily
  private var movable: MetricFamily
  private var ratio: MetricFamily
  private var headroom: MetricFamily
  private var whenFull: MetricFamily
  private var verdict: MetricFamily

  init(_ place: String, _ words: String) {
    func bytes(_ name: String, _ help: String) -> MetricFamily {
      MetricFamily("zonewise_\(place)_\(name)_bytes", unit: "bytes", about: "\(help) of \(words).")
    }
    kernel = bytes("kernel", "Memory that the kernel can use: its zones, CMA left out,")
    movable = bytes("movable", "ZONE_MOVABLE and CMA areas")
    ratio = MetricFamily(
      "zonewise_\(place)_movable_kernel_ratio",
      unit: "ratio",
      about: "Movable to kernel memory of \(words); +Inf where there is no kernel memory."
    )
    headroom = bytes("kernel_headroom", "How much more the kernel can take now in the zones")
    whenFull = bytes(
      "kernel_headroom_when_full",
      "How much more the kernel can take once user memory fills the machine, in the zones"
    )
    verdict = MetricFamily(
      "zonewise_\(place)_verdict",
      .stateset,
      about: "How \(words) stands; the verdict of zonewise advise."
    )
  }

  var families: [MetricFamily] { [kernel, movable, ratio, headroom, whenFull, verdict] }

  mutating func add(_ labels: [(name: String, value: String)], _ figures: Figures) {
    kernel.add(labels, "\(figures.kernel.count)")
    movable.add(labels, "\(figures.movable.count)")
    ratio.add(labels, figures.ratio.number.map { "\($0)" } ?? "+Inf")
    headroom.add(labels, figures.headroom.map { "\($0.count)" })
    whenFull.add(labels, figures.whenFull.map { "\($0.count)" })
    verdict.add(labels, state: figures.verdict.rawValue, of: Verdict.allCases.map(\.rawValue))
  }
}
