internal import Advice
package import Capacity
internal import Forecast
internal import HostModel

/// One line per host and per node, for spreadsheets (RFC 4180: quoted where needed, CRLF).
/// Documentation/report.md says what each column is.
package enum CapacityCSV {
  package static let columns = [
    "source", "host", "node", "kernel", "arch", "profile", "class", "machines", "verdict",
    "total_bytes",
    "kernel_bytes", "movable_bytes", "ratio", "headroom_bytes", "headroom_when_full_bytes",
    "headroom_at_horizon_bytes", "used_bytes", "needed_bytes", "unexplained_bytes",
    "max_safe_movable_bytes", "arguments",
    "recommendation", "errors", "warnings", "rules", "unknown_inputs", "after_verdict",
    "after_kernel_bytes", "after_movable_bytes", "after_ratio", "after_headroom_at_horizon_bytes",
    "after_needed_bytes", "after_failure", "failure", "months_to_tight", "tight_on",
    "tight_earliest", "tight_latest", "tight_not_known", "labels", "groups",
  ]

  package static var header: String { line(columns) }

  /// The host's own line (`node` empty) and one for each of its nodes.
  package static func lines(_ row: HostRow) -> String {
    var text = line(fields(row))
    for node in row.nodes { text += line(fields(node, of: row)) }
    return text
  }

  private static func fields(_ row: HostRow) -> [String] {
    guard row.failure == nil else {
      let known = [row.source, row.name] + [String](repeating: "", count: failureColumn - 2)
      return padded(known + [row.failure ?? ""])
    }
    return [
      row.source, row.name, "", row.kernelRelease ?? "", row.architecture ?? "", row.profile,
      row.machineClass, "\(row.machines)", row.verdict.rawValue,
      number(row.hasZones ? row.total : nil),
      number(row.hasZones ? row.kernel : nil), number(row.hasZones ? row.movable : nil),
      row.hasZones ? ratio(row.ratio) : "", number(row.headroom), number(row.headroomWhenFull),
      number(row.headroomAtHorizon), number(row.used), number(row.needed), number(row.unexplained),
      number(row.maxSafeMovable), row.zoneArguments,
      row.recommendation, "\(row.count(.error))", "\(row.count(.warning))",
      row.rules.joined(separator: "; "), "\(row.unknownInputs)",
    ] + after(row) + [""] + outlook(row) + groups(row)
  }

  private static let failureColumn = columns.firstIndex(of: "failure") ?? columns.count - 1

  private static func padded(_ known: [String]) -> [String] {
    known + [String](repeating: "", count: columns.count - known.count)
  }

  private static func outlook(_ row: HostRow) -> [String] {
    let months = row.monthsToTight.map { "\(($0 * 10).rounded() / 10)" } ?? ""
    guard let outlook = row.outlook else { return [months, "", "", "", ""] }
    var days = ["", "", ""]
    switch outlook.tight {
    case .at(let time, let earliest, let latest):
      days = [Crossing.day(time), Crossing.day(earliest), latest.map(Crossing.day) ?? ""]
    case .notBefore(let time), .beyond(let time): days[1] = Crossing.day(time)
    case .already, nil: break
    }
    return [months] + days + [outlook.notKnown ?? ""]
  }

  private static func groups(_ row: HostRow) -> [String] {
    [
      row.labels.map(\.text).joined(separator: "; "),
      row.groups.map { $0 ?? "" }.joined(separator: "; "),
    ]
  }

  private static func after(_ row: HostRow) -> [String] {
    switch row.outcome {
    case .told(let outcome):
      [
        outcome.verdict.rawValue, "\(outcome.kernel)", "\(outcome.movable)", ratio(outcome.ratio),
        number(outcome.headroomAtHorizon.value), number(outcome.needed.value),
        outcome.failure ?? "",
      ]
    case .untold(let why): [String](repeating: "", count: 6) + [why]
    case nil: [String](repeating: "", count: 7)
    }
  }

  private static func fields(_ node: CurrentBalance.Node, of row: HostRow) -> [String] {
    let known = [
      row.source, row.name, "\(node.node)", row.kernelRelease ?? "", row.architecture ?? "",
      row.profile, row.machineClass, "\(row.machines)", node.verdict.rawValue,
      "\(node.kernel + node.movable)",
      "\(node.kernel)", "\(node.movable)", ratio(MovableRatio(node.movable, to: node.kernel)),
      number(node.headroom.value), number(node.full.value?.least),
    ]
    var fields = padded(known)
    fields.replaceSubrange((columns.count - 2)..., with: groups(row))
    return fields
  }

  private static func number(_ size: ByteCount?) -> String { size.map { "\($0)" } ?? "" }

  private static func number(_ size: Int64?) -> String { size.map { "\($0)" } ?? "" }

  private static func ratio(_ ratio: MovableRatio) -> String {
    ratio.number.map { "\(($0 * 1e6).rounded() / 1e6)" } ?? ""
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  /// Quoted where RFC 4180 wants it; a leading `=`, `+`, `-` or `@` of a foreign text would be a
  /// formula in a spreadsheet, so it gets an apostrophe.
  private static func quoted(_ field: String) -> String {
    var field = field
    var needsQuotes = false
    for byte in field.utf8 where byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D {
      needsQuotes = true
      break
    }
    switch field.utf8.first {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: if Double(field) == nil { field = "'" + field }
    default: break
    }
    guard needsQuotes else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
