/// What kind of history a text is, by its beginning.
package enum HistoryText {
  package enum Kind: Sendable {
    case prometheus
    case sysstat
    case pcp
  }

  package static func kind(_ head: [UInt8]) -> Kind? {
    if head.starts(with: "Time,\"".utf8) || head.starts(with: "\"Time\",".utf8) { return .pcp }
    let start = head.prefix(512).filter { $0 > 0x20 }
    if start.starts(with: "{\"sysstat\":".utf8) { return .sysstat }
    guard start.starts(with: "{\"status\":".utf8) || start.starts(with: "{\"data\":{\"result".utf8)
    else { return nil }
    return .prometheus
  }
}
