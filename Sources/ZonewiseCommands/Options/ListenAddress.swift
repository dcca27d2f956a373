internal import ArgumentParser

/// Where to listen: `9955`, `127.0.0.1:9955`, `[::1]:9955`.
struct ListenAddress: Hashable, CustomStringConvertible {
  var host: String
  var port: UInt16

  init(argument: String) throws {
    let colon = argument.lastIndex(of: ":")
    let digits = colon.map { argument[argument.index(after: $0)...] } ?? argument[...]
    let name = colon.map { argument[..<$0] } ?? ""
    let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
    let plain = isBracketed ? name.dropFirst().dropLast() : name
    guard let port = UInt16(digits), digits.allSatisfy(\.isNumber),
      isBracketed || !plain.contains(":")
    else {
      throw ValidationError(
        "takes a port, or an address with one, such as 9955, 127.0.0.1:9955, [::1]:9955, "
          + "not '\(argument)'"
      )
    }
    host = plain.isEmpty ? "127.0.0.1" : String(plain)
    self.port = port
  }

  var description: String { with(port: port) }

  /// Whether only this machine reaches it.
  var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  func with(port: UInt16) -> String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
