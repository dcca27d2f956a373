internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles
internal import SourceText

extension JSONReader {
  /// A host of a report.
  mutating func row() throws(LocatedError) -> HostRow {
    var row = HostRow(source: "", failure: "")
    row.failure = nil
    var hasSource = false
    try object { reader, name throws(LocatedError) in
      switch name {
      case "source":
        hasSource = true
        row.source = try reader.string()
      case "failure": row.failure = try reader.text()
      case "name": row.name = try reader.string()
      case "kernel": row.kernelRelease = try reader.text()
      case "arch": row.architecture = try reader.text()
      case "profile": row.profile = try reader.string()
      case "zoneArguments": row.zoneArguments = try reader.string()
      case "verdict": row.verdict = try reader.verdict()
      case "findings":
        try reader.array { r throws(LocatedError) in row.findings.append(try r.finding()) }
      case "nodes": try reader.array { r throws(LocatedError) in row.nodes.append(try r.node()) }
      case "terms": try reader.array { r throws(LocatedError) in row.terms.append(try r.term()) }
      default: try reader.size(name, of: &row)
      }
    }
    guard hasSource else { throw error("\"source\" is missing in this object") }
    if row.name.isEmpty { row.name = row.source }
    return row
  }

  private mutating func size(_ name: String, of row: inout HostRow) throws(LocatedError) {
    switch name {
    case "totalBytes": row.total = try bytes() ?? .zero
    case "kernelBytes": row.kernel = try bytes() ?? .zero
    case "movableBytes": row.movable = try bytes() ?? .zero
    case "kernelHeadroomBytes": row.headroom = try bytes()
    case "kernelHeadroomWhenFullBytes": row.headroomWhenFull = try bytes()
    case "kernelHeadroomAtHorizonBytes": row.headroomAtHorizon = null() ? nil : try number()
    case "usedKernelBytes": row.used = try bytes()
    case "neededKernelBytes": row.needed = try bytes()
    case "unexplainedBytes": row.unexplained = null() ? nil : try number()
    case "maxSafeMovableBytes": row.maxSafeMovable = try bytes()
    case "unknownInputs": row.unknownInputs = try number()
    default: try skip()
    }
  }

  private mutating func text() throws(LocatedError) -> String? { null() ? nil : try string() }

  private mutating func bytes() throws(LocatedError) -> ByteCount? {
    null() ? nil : ByteCount(try number())
  }

  private mutating func nodeID() throws(LocatedError) -> NodeID? {
    null() ? nil : NodeID(try number())
  }

  private mutating func verdict() throws(LocatedError) -> Verdict {
    guard let verdict = Verdict(rawValue: try string()) else { throw error("not a verdict") }
    return verdict
  }

  private mutating func finding() throws(LocatedError) -> FindingBrief {
    var finding = FindingBrief(code: "", rule: "", severity: .note, node: nil)
    try object { reader, name throws(LocatedError) in
      switch name {
      case "code": finding.code = try reader.string()
      case "rule": finding.rule = try reader.string()
      case "severity":
        guard let severity = Finding.Severity(rawValue: try reader.string()) else {
          throw reader.error("severity is note, warning or error")
        }
        finding.severity = severity
      case "node": finding.node = try reader.nodeID()
      default: try reader.skip()
      }
    }
    return finding
  }

  private mutating func node() throws(LocatedError) -> CurrentBalance.Node {
    let unknown = Reading<ByteCount>.unknown(.undetermined("the report does not tell"))
    var node = CurrentBalance.Node(
      node: 0,
      kernel: .zero,
      movable: .zero,
      freeKernel: unknown,
      freeMovable: unknown,
      headroom: unknown,
      verdict: .unknown
    )
    try object { reader, name throws(LocatedError) in
      switch name {
      case "node": node.node = NodeID(try reader.number())
      case "kernelBytes": node.kernel = try reader.bytes() ?? .zero
      case "movableBytes": node.movable = try reader.bytes() ?? .zero
      case "freeKernelBytes": node.freeKernel = try reader.bytes().map { .known($0) } ?? unknown
      case "kernelHeadroomBytes": node.headroom = try reader.bytes().map { .known($0) } ?? unknown
      case "verdict": node.verdict = try reader.verdict()
      default: try reader.skip()
      }
    }
    return node
  }

  private mutating func term() throws(LocatedError) -> DemandTerm {
    var term = DemandTerm(
      id: .planned(""),
      node: nil,
      now: .zero,
      projected: .zero,
      source: "",
      formula: ""
    )
    try object { reader, name throws(LocatedError) in
      switch name {
      case "id":
        let id = try reader.string()
        let planned = id.hasPrefix("planned:") ? String(id.dropFirst("planned:".count)) : id
        term.id = TermID(id: id) ?? .planned(planned)
      case "node": term.node = try reader.nodeID()
      case "nowBytes": term.now = try reader.bytes() ?? .zero
      case "projectedBytes": term.projected = try reader.bytes() ?? .zero
      default: try reader.skip()
      }
    }
    return term
  }
}
