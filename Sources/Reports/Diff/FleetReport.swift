internal import Capacity
package import SourceText

/// A fleet's report as `report --format json` wrote it, as far as two of them are compared.
///
/// Of each host only its name is held, and where it stands: a host is read when it is asked for.
package struct FleetReport: Sendable {
  package private(set) var title = ""
  package private(set) var date = ""
  /// Of the hosts, in their order.
  private(set) var names: [String] = []
  private let text: any ReportBytes
  private let file: String
  private var places: [ReportScanner.Place] = []

  private static let piece = 1 << 20

  /// Reads a report.
  ///
  /// - Throws: Where it is none, with line and column.
  package init(_ text: any ReportBytes, file: String) throws(LocatedError) {
    self.text = text
    self.file = file
    do throws(LocatedError) {
      try read()
    } catch {
      // Pieces don't tell where in the text they stand; the whole does.
      try Self.readWhole(text, file: file)
      throw error
    }
  }

  /// Whether a text begins like a report.
  package static func begins(_ text: String) -> Bool {
    text.first { !$0.isWhitespace } == "{"
      && text.filter { !$0.isWhitespace }.contains("\"command\":\"report\"")
  }

  var count: Int { places.count }

  /// A host.
  ///
  /// - Throws: What is wrong with it, or that it can't be read any more.
  func row(_ index: Int) throws(LocatedError) -> HostRow {
    let place = places[index]
    let bytes = try text.bytes(in: place.offset..<place.offset + Int(place.length))
    var reader = JSONReader(bytes, file: file, firstLine: Int(place.line))
    let row = try reader.row()
    try reader.end()
    return row
  }

  // MARK: Reading

  private mutating func read() throws(LocatedError) {
    var scanner = ReportScanner()
    for start in stride(from: 0, to: text.count, by: Self.piece) {
      scanner.feed(try text.bytes(in: start..<min(start + Self.piece, text.count)))
    }
    scanner.finish()
    var reader = JSONReader(scanner.skeleton, file: file)
    var title = ""
    var date = ""
    try reader.report { reader, name throws(LocatedError) in
      switch name {
      case "date": date = try reader.string()
      case "title": title = try reader.string()
      default: try reader.skip()
      }
    }
    self.title = title
    self.date = date
    places = scanner.places
    names.reserveCapacity(places.count)
    for index in places.indices { names.append(try row(index).name) }
  }

  private static func readWhole(_ text: any ReportBytes, file: String) throws(LocatedError) {
    var reader = JSONReader(try text.bytes(in: 0..<text.count), file: file)
    try reader.report { reader, name throws(LocatedError) in
      switch name {
      case "date", "title": _ = try reader.string()
      case "hosts": try reader.array { reader throws(LocatedError) in _ = try reader.row() }
      default: try reader.skip()
      }
    }
  }
}

extension JSONReader {
  /// Reads a report's text to its end; `member` reads or skips what does not tell whether it is one.
  fileprivate mutating func report(
    _ member: (inout JSONReader, String) throws(LocatedError) -> Void
  ) throws(LocatedError) {
    var isReport = false
    try object { reader, name throws(LocatedError) in
      switch name {
      case "schemaVersion":
        guard try reader.number(UInt64.self) == 1 else {
          throw reader.error("schemaVersion is not 1: a later zonewise wrote this")
        }
      case "command":
        isReport = try reader.string() == "report"
        guard isReport else {
          throw reader.error(
            "another command's answer; diff takes two hosts, or two of report --format json"
          )
        }
      default: try member(&reader, name)
      }
    }
    try end()
    guard isReport else {
      throw error("no report; zonewise report --format json writes one")
    }
  }
}
