/// Where an HTTP server is: `http://host:9090/prefix`.
package struct HTTPAddress: Hashable, Sendable {
  package var host: String
  package var port: UInt16
  /// Begins with a slash unless it is empty; ends with none.
  package var path: String

  /// Why an address can't be used.
  package enum Refusal: Error, Hashable, Sendable {
    case notHTTP
    /// There is no TLS here.
    case encrypted
    case noHost
    case noPort(String)
    /// User names and passwords would show in the process list.
    case credentials
  }

  package init(_ text: String) throws(Refusal) {
    if text.hasPrefix("https://") { throw .encrypted }
    guard text.hasPrefix("http://") else { throw .notHTTP }
    let rest = text.dropFirst("http://".count)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard !authority.contains("@") else { throw .credentials }
    var path = String(rest[slash...].prefix { $0 != "?" && $0 != "#" })
    while path.hasSuffix("/") { path.removeLast() }
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .noHost }
    self.path = path
    var name = authority
    port = 80
    // An address of IPv6 is in brackets.
    let colon = authority.lastIndex(of: ":")
    if let colon, !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      guard let number = UInt16(digits), number > 0 else { throw .noPort(String(digits)) }
      port = number
      name = authority[..<colon]
    }
    if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .noHost }
    host = String(name)
  }

  /// As it stands in a Host header.
  package var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

  package var description: String { "http://\(authority)\(path)" }

  /// A query of that name and value pairs, escaped.
  package static func query(_ items: [(String, String)]) -> String {
    items.map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
      }
    }
    return result
  }
}
