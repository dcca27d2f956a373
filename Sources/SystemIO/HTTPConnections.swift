internal import Glibc

/// The connections of a listener: any thread may take one, and answers it to the end.
struct HTTPConnections: Sendable {
  let descriptor: Int32

  private static let headLimit = 8 << 10
  private static let seconds = 5.0

  private typealias Request = HTTPListener.Request
  private typealias Answer = HTTPListener.Answer

  /// Answers one connection; false where there will be no more.
  func one(_ answer: (HTTPListener.Request) -> HTTPListener.Answer) -> Bool {
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
    let patience = Self.seconds * Double(1 + reply.body.count >> 20)
    send(reply, withoutBody: isHead, on: connection, until: SystemClock.monotonic + patience)
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
}
