internal import Advice
internal import HostModel

/// One line per host and per node, for spreadsheets (RFC 4180: quoted where needed, CRLF).
package enum CapacityCSV {
  package static let columns = [
    "source", "host", "node", "kernel", "arch", "profile", "class", "verdict", "total_bytes",
    "kernel_bytes", "movable_bytes", "ratio", "headroom_bytes", "used_bytes", "needed_bytes",
    "unexplained_bytes", "max_safe_movable_bytes", "arguments", "recommendation", "errors",
    "warnings", "rules", "unknown_inputs", "failure",
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
      return [row.source, row.name] + [String](repeating: "", count: columns.count - 3)
        + [row.failure ?? ""]
    }
    return [
      row.source, row.name, "", row.kernelRelease ?? "", row.architecture ?? "", row.profile,
      row.machineClass, row.verdict.rawValue, "\(row.total)", "\(row.kernel)", "\(row.movable)",
      ratio(row.ratio), number(row.headroom), number(row.used), number(row.needed),
      row.unexplained.map { "\($0)" } ?? "", number(row.maxSafeMovable), row.zoneArguments,
      row.recommendation, "\(row.errors)", "\(row.warnings)", row.rules.joined(separator: "; "),
      "\(row.unknownInputs)", "",
    ]
  }

  private static func fields(_ node: Standing.Node, of row: HostRow) -> [String] {
    [
      row.source, row.name, "\(node.node)", row.kernelRelease ?? "", row.architecture ?? "",
      row.profile, row.machineClass, node.verdict.rawValue, "\(node.kernel + node.movable)",
      "\(node.kernel)", "\(node.movable)", ratio(MovableRatio(node.movable, to: node.kernel)),
      number(node.headroom.value), "", "", "", "", "", "", "", "", "", "", "",
    ]
  }

  private static func number(_ size: ByteCount?) -> String { size.map { "\($0)" } ?? "" }

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
    if let first = field.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
      Double(field) == nil
    {
      field = "'" + field
    }
    guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return field
    }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
