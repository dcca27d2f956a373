/// Why a server's answer could not be had.
package enum HTTPFailure: Error, Hashable, Sendable {
  case unknownHost(String)
  case notConnected(String)
  /// Nothing came for so many seconds.
  case timeout(Int)
  case interrupted(String)
  case notHTTP
  /// The answer is shorter than its header says.
  case cut
  case tooLarge(limit: Int)
  case status(Int, body: [UInt8])
}

extension HTTPFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownHost(let why): "the host is not known: \(why)"
    case .notConnected(let why): "no connection: \(why)"
    case .timeout(let seconds): "no answer within \(seconds) seconds"
    case .interrupted(let why): "the connection broke: \(why)"
    case .notHTTP: "what answers there does not speak HTTP"
    case .cut: "the answer was cut off"
    case .tooLarge(let limit): "the answer is larger than \(limit >> 20) MiB"
    case .status(let code, _): "the server answers with status \(code)"
    }
  }
}
