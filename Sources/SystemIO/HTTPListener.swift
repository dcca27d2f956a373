internal import Glibc

/// Answers GET and HEAD over HTTP/1.1, one request a connection, one connection at a time: for a page or
/// metrics that somebody nearby asks for, not for the internet.
///
/// A request has at most 8 KiB and 5 seconds, and so has its answer's way back; what is slower or longer
/// is cut off. Bodies of requests are not read.
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

  private static let headLimit = 8 << 10
  private static let seconds = 5.0

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
  package func run(_ answer: (Request) -> Answer) { while one(answer) {} }

  /// Answers one connection; false where there will be no more.
  package func one(_ answer: (Request) -> Answer) -> Bool {
    let connection = accept(descriptor, nil, nil)
    guard connection >= 0 else {
      // Too many files, or a caller that is gone: nothing is lost by waiting.
      if errno == EBADF || errno == EINVAL { return false }
      if errno != EINTR, errno != ECONNABORTED { usleep(100_000) }
      return true
    }
    defer { close(connection) }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    let end = SystemClock.monotonic + Self.seconds
    guard let head = head(of: connection, until: end) else { return true }
    let (request, isHead, refusal) = Self.parse(head)
    let reply = refusal ?? request.map(answer) ?? .text(400, "no request")
    send(reply, withoutBody: isHead, on: connection, until: SystemClock.monotonic + Self.seconds)
    // What of a body was not read would reset the connection before the answer is there.
    shutdown(connection, Int32(SHUT_WR))
    var rest: [UInt8] = []
    while wait(connection, Int16(POLLIN), until: end), rest.count < Self.headLimit,
      let count = try? FileSystem.readChunk(connection, room: 4096, appendingTo: &rest), count > 0
    {}
    return true
  }

  // MARK: Requests

  private func head(of connection: Int32, until end: Double) -> [UInt8]? {
    var bytes: [UInt8] = []
    let gap = Array("\r\n\r\n".utf8)
    while bytes.firstRange(of: gap) == nil {
      guard bytes.count < Self.headLimit, wait(connection, Int16(POLLIN), until: end),
        let count = try? FileSystem.readChunk(connection, room: 2048, appendingTo: &bytes),
        count > 0
      else { return bytes.count >= Self.headLimit ? bytes : nil }
    }
    return bytes
  }

  private static func parse(_ head: [UInt8]) -> (Request?, isHead: Bool, refusal: Answer?) {
    guard head.count <= headLimit, let gap = head.firstRange(of: Array("\r\n\r\n".utf8)) else {
      return (nil, false, .text(431, "the request has more than \(headLimit >> 10) KiB"))
    }
    let lines = String(decoding: head[..<gap.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else {
      return (nil, false, .text(400, "no request of HTTP/1"))
    }
    guard words[0] == "GET" || words[0] == "HEAD" else {
      var answer = Answer.text(405, "only GET and HEAD are answered")
      answer.headers = [("Allow", "GET, HEAD")]
      return (nil, false, answer)
    }
    let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let host = lines.dropFirst().first { $0.lowercased().hasPrefix("host:") }
    let request = Request(
      path: String(target[0]),
      query: target.count > 1 ? String(target[1]) : "",
      host: String((host ?? "").dropFirst("host:".count).drop { $0 == " " })
    )
    return (request, words[0] == "HEAD", nil)
  }

  // MARK: Answers

  private func send(
    _ answer: Answer,
    withoutBody: Bool,
    on connection: Int32,
    until end: Double
  ) {
    var head = "HTTP/1.1 \(answer.status) \(Self.reason(answer.status))\r\n"
    head += "Content-Type: \(answer.type)\r\nContent-Length: \(answer.body.count)\r\n"
    head += "Connection: close\r\nX-Content-Type-Options: nosniff\r\n"
    for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
    let bytes = Array((head + "\r\n").utf8) + (withoutBody ? [] : answer.body)
    var start = 0
    while start < bytes.count, wait(connection, Int16(POLLOUT), until: end) {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // `start` is below the count, so the base address is there and the range is inside.
        unsafe Glibc.send(
          connection,
          buffer.baseAddress.map { unsafe $0 + start },
          buffer.count - start,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        )
      }
      if count > 0 { start += count } else if errno != EINTR, errno != EAGAIN { return }
    }
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    default: "Status"
    }
  }

  // MARK: Sockets

  private func wait(_ connection: Int32, _ what: Int16, until end: Double) -> Bool {
    while true {
      let left = end - SystemClock.monotonic
      guard left > 0 else { return false }
      var entry = pollfd(fd: connection, events: what, revents: 0)
      let ready = unsafe poll(&entry, 1, Int32(left * 1000) + 1)
      if ready > 0 { return true }
      if ready == 0 || errno != EINTR { return false }
    }
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
