internal import Glibc

/// Answers GET and HEAD over HTTP/1.1, one request a connection, a few connections at a time: for a page
/// or metrics that somebody nearby asks for, not for the internet.
///
/// A request has at most 8 KiB and 5 seconds, and its answer's way back 5 seconds for each MiB; what is
/// slower or longer is cut off. Bodies of requests are not read.
package struct HTTPListener: ~Copyable {
  package struct Request: Sendable {
    package var path: String
    package var query: String
    package var host: String
  }

  package struct Answer: Sendable {
    package var status: Int
    package var type: String
    package var body: [UInt8]
    /// Names and values beside those that every answer has.
    package var headers: [(String, String)]

    package init(_ status: Int, type: String, _ body: [UInt8], headers: [(String, String)] = []) {
      self.status = status
      self.type = type
      self.body = body
      self.headers = headers
    }

    /// A sentence for who asked.
    package static func text(_ status: Int, _ words: String) -> Answer {
      Answer(status, type: "text/plain; charset=utf-8", Array((words + "\n").utf8))
    }
  }

  private let descriptor: Int32
  /// With the port that was given where 0 was asked for.
  package let port: UInt16

  /// Listens at a place.
  package init(host: String, port: UInt16) throws(HTTPFailure) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    // Both strings end with a zero; the list is freed below and nowhere else.
    let status = unsafe getaddrinfo(host, String(port), &hints, &list)
    guard status == 0, let first = unsafe list else {
      throw .unknownHost(unsafe String(cString: gai_strerror(status)))
    }
    defer { unsafe freeaddrinfo(list) }
    let info = unsafe first.pointee
    let opened = unsafe socket(
      info.ai_family,
      info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue),
      info.ai_protocol
    )
    guard opened >= 0 else { throw .notConnected(unsafe String(cString: strerror(errno))) }
    var yes: Int32 = 1
    unsafe setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard unsafe bind(opened, info.ai_addr, info.ai_addrlen) == 0, listen(opened, 64) == 0 else {
      let why = unsafe String(cString: strerror(errno))
      close(opened)
      throw .notConnected(why)
    }
    descriptor = opened
    self.port = Self.port(of: opened) ?? port
  }

  deinit { close(descriptor) }

  /// Answers until the process ends, or nobody can call any more.
  package func run(_ answer: (Request) -> Answer) {
    while HTTPConnections(descriptor: descriptor).one(answer) {}
  }

  /// The same on several threads, so that a caller that says nothing keeps nobody waiting.
  ///
  /// - Parameters:
  ///   - threads: As many connections as are served at once; more wait.
  ///   - answer: Called on any of them.
  package func run(threads: Int, _ answer: @escaping @Sendable (Request) -> Answer) {
    let connections = HTTPConnections(descriptor: descriptor)
    for _ in 1..<max(1, threads) { WorkerThread.start { while connections.one(answer) {} } }
    while connections.one(answer) {}
  }

  private static func port(of descriptor: Int32) -> UInt16? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isKnown = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
      // sockaddr_storage has room and alignment for an address of any family.
      guard let address = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
        return false
      }
      return unsafe getsockname(descriptor, address, &size) == 0
    }
    guard isKnown else { return nil }
    // sin_port and sin6_port lie at the same place, in network order.
    return unsafe withUnsafeBytes(of: &storage) { unsafe UInt16($0[2]) << 8 | UInt16($0[3]) }
  }
}
