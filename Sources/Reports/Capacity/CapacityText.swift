internal import Advice
internal import Capacity
internal import Forecast
internal import HostModel

/// Cells and words that the parts of a report share.
enum CapacityText {
  static func size(_ size: ByteCount?) -> ReportCell {
    ReportCell(size?.text ?? "not known", key: size.map { Double($0.count) } ?? -1)
  }

  static func size(_ size: ByteCount) -> ReportCell {
    ReportCell(size.text, key: Double(size.count))
  }

  /// A ratio; all movable sorts last.
  static func ratio(_ ratio: MovableRatio) -> ReportCell {
    ReportCell(text(ratio), key: ratio.movable == 0 ? -1 : ratio.number ?? 1e18)
  }

  /// A host's own sizes, which a history alone may not tell.
  static func zones(_ row: HostRow) -> [ReportCell] {
    row.hasZones
      ? [size(row.kernel), size(row.movable), ratio(row.ratio)]
      : [size(nil), size(nil), ReportCell("not known", key: -2)]
  }

  static func text(_ ratio: MovableRatio) -> String {
    ratio.movable == 0 ? "none" : "\(ratio)"
  }

  /// A size that may be below zero.
  static func signed(_ bytes: Int64) -> String {
    (bytes < 0 ? "−" : "") + ByteCount(bytes.magnitude).text
  }

  static func left(_ bytes: Int64?) -> ReportCell {
    guard let bytes else { return ReportCell("not known", key: -1e18) }
    return ReportCell(signed(bytes), key: Double(bytes))
  }

  static func count(_ number: Int) -> ReportCell {
    ReportCell("\(number)", key: Double(number))
  }

  /// With a capital and a full stop.
  static func sentence(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  /// A host's name, and its source where that tells more.
  static func host(_ row: HostRow, details: [String] = []) -> ReportCell {
    let name = row.machines == 1 ? row.name : "\(row.name) × \(row.machines)"
    let labels = row.labels.map(\.text).joined(separator: " ")
    return ReportCell(
      name,
      details: [row.source == row.name ? "" : row.source, labels] + details
    )
  }

  /// Months until a host is tight, with the day and why it is not known.
  static func months(_ row: HostRow) -> ReportCell {
    let text = row.verdict >= .tight ? "now" : row.outlook?.monthsText ?? "no history"
    let tight = row.verdict >= .tight ? nil : row.outlook?.tight
    let details = [tight?.day ?? "", tight?.interval ?? "", row.outlook?.notKnown ?? ""]
    // Of equal rank are hosts of which nobody knows anything.
    let key = row.tightOrder == -.infinity ? -1 : row.monthsToTight ?? min(row.tightOrder, 1e18)
    return ReportCell(text, details: details, key: key)
  }

  /// The first of some names, and whether there are more.
  static func examples(_ names: [String], of count: Int) -> String {
    names.joined(separator: ", ") + (count > names.count ? " …" : "")
  }

  static func hosts(_ count: Int) -> String { "\(count) host\(count == 1 ? "" : "s")" }
}
