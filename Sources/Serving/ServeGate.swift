/// Who may ask: whoever knows the token, under a name that nobody can point elsewhere.
package struct ServeGate: Sendable {
  /// Why a request is not answered.
  package enum Refusal: Error, Hashable, Sendable {
    /// It was meant for another name: a page of somebody else's that was pointed here.
    case foreignName
    /// It does not know the token.
    case unknownPath
  }

  private let token: [UInt8]
  private let names: Set<String>
  private let port: UInt16

  /// - Parameters:
  ///   - token: What stands first in every path.
  ///   - host: Where it listens, as the user named it.
  ///   - port: The port there.
  package init(token: String, host: String, port: UInt16) {
    self.token = Array(token.utf8)
    self.port = port
    names = [
      "localhost", "127.0.0.1", "[::1]", host.contains(":") ? "[\(host)]" : host.lowercased(),
    ]
  }

  /// The path behind the token, without its first slash.
  ///
  /// - Parameters:
  ///   - path: As it was asked for.
  ///   - host: The request's own word for where it went.
  /// - Returns: The path, or why there is none for this request.
  package func path(_ path: String, host: String) -> Result<String, Refusal> {
    guard isKnown(host) else { return .failure(.foreignName) }
    let parts = path.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"),
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    guard parts.count == 2, isToken(parts[0]), let rest = String(parts[1]) else {
      return .failure(.unknownPath)
    }
    return .success(rest)
  }

  /// Looks at every byte whatever the first ones are.
  private func isToken(_ given: Substring.UTF8View) -> Bool {
    let given = Array(given)
    guard given.count == token.count else { return false }
    var difference: UInt8 = 0
    for (left, right) in zip(given, token) { difference |= left ^ right }
    return difference == 0
  }

  /// A name could be pointed at this address by whoever owns it; an address can't.
  private func isKnown(_ host: String) -> Bool {
    let text = host.lowercased()
    guard let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...] == "\(port)" else {
      return port == 80 && isName(text)
    }
    return isName(String(text[..<colon]))
  }

  private func isName(_ name: String) -> Bool { names.contains(name) || Self.isAddress(name) }

  /// Four numbers, or anything in brackets.
  private static func isAddress(_ name: String) -> Bool {
    if name.hasPrefix("["), name.hasSuffix("]") {
      return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" }
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
