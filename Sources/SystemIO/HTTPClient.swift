internal import Glibc

/// Asks a server on this network for a document: GET over HTTP/1.0, one answer a connection, no TLS, no
/// redirection. Whoever needs more fetches with a program that has it and hands over the file.
package enum HTTPClient {
  package static let seconds = 60

  /// The body of a document.
  ///
  /// - Parameters:
  ///   - address: Where the server is.
  ///   - path: Below the address' own, with its query.
  ///   - limit: How many bytes the answer may have.
  /// - Returns: The body.
  /// - Throws: Why there is none; an answer other than 200 with its body.
  package static func get(
    _ address: HTTPAddress,
    _ path: String,
    limit: Int
  ) throws(HTTPFailure) -> [UInt8] {
    let connection = try connect(address)
    defer { close(connection) }
    let request =
      "GET \(address.path)\(path) HTTP/1.0\r\nHost: \(address.authority)\r\n"
      + "User-Agent: zonewise\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
    try send(Array(request.utf8), on: connection)
    return try body(of: try answer(on: connection, limit: limit))
  }

  // MARK: Connection

  private static func connect(_ address: HTTPAddress) throws(HTTPFailure) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    // Both strings end with a zero; the list is freed below and nowhere else.
    let status = unsafe getaddrinfo(address.host, String(address.port), &hints, &list)
    guard status == 0 else {
      throw .unknownHost(unsafe String(cString: gai_strerror(status)))
    }
    defer { unsafe freeaddrinfo(list) }
    var reason = "no address"
    var next = unsafe list
    while let entry = unsafe next {
      let info = unsafe entry.pointee
      let descriptor = unsafe socket(
        info.ai_family,
        info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue),
        info.ai_protocol
      )
      if descriptor >= 0 {
        var wait = timeval(tv_sec: seconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // Both options take exactly one timeval.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, size)
        if unsafe Glibc.connect(descriptor, info.ai_addr, info.ai_addrlen) == 0 {
          return descriptor
        }
        reason = unsafe String(cString: strerror(errno))
        close(descriptor)
      }
      unsafe next = info.ai_next
    }
    throw .notConnected(reason)
  }

  private static func send(_ bytes: [UInt8], on descriptor: Int32) throws(HTTPFailure) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // `start` is below the count, so the base address is there and the range is inside.
        unsafe Glibc.send(
          descriptor,
          buffer.baseAddress.map { unsafe $0 + start },
          buffer.count - start,
          Int32(MSG_NOSIGNAL)
        )
      }
      if count > 0 { start += count } else if errno != EINTR { throw broken }
    }
  }

  private static func answer(on descriptor: Int32, limit: Int) throws(HTTPFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      do throws(ReadFailure) {
        guard try FileSystem.readChunk(descriptor, room: 256 << 10, appendingTo: &bytes) > 0 else {
          return bytes
        }
      } catch {
        throw errno == EAGAIN ? .timeout(seconds) : .interrupted("\(error)")
      }
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  private static var broken: HTTPFailure {
    errno == EAGAIN ? .timeout(seconds) : .interrupted(unsafe String(cString: strerror(errno)))
  }

  // MARK: Answer

  private static func body(of answer: [UInt8]) throws(HTTPFailure) -> [UInt8] {
    let end = Array("\r\n\r\n".utf8)
    let head = answer.prefix(64 << 10)
    guard answer.starts(with: "HTTP/1.".utf8), let gap = head.firstRange(of: end) else {
      throw .notHTTP
    }
    let lines = String(decoding: answer[..<gap.lowerBound], as: UTF8.self)
      .split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, let code = Int(words[1]) else { throw .notHTTP }
    var isChunked = false
    var length: Int?
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      switch line[..<colon].lowercased() {
      case "content-length": length = Int(value)
      case "transfer-encoding": isChunked = value.lowercased().contains("chunked")
      default: break
      }
    }
    var body = answer
    body.removeSubrange(..<gap.upperBound)
    // A server that does not know HTTP/1.0 may send pieces all the same.
    if isChunked {
      body = try joined(body)
    } else if let length {
      guard body.count >= length else { throw .cut }
      body.removeLast(body.count - length)
    }
    guard code == 200 else { throw .status(code, body: body) }
    return body
  }

  private static func joined(_ pieces: [UInt8]) throws(HTTPFailure) -> [UInt8] {
    var body: [UInt8] = []
    var rest = pieces[...]
    while true {
      guard let end = rest.firstRange(of: [0x0D, 0x0A]) else { throw .cut }
      let text = String(decoding: rest[..<end.lowerBound].prefix { $0 != 0x3B }, as: UTF8.self)
      guard let size = Int(text, radix: 16), size >= 0 else { throw .notHTTP }
      if size == 0 { return body }
      rest = rest[end.upperBound...]
      guard rest.count >= size + 2 else { throw .cut }
      body += rest.prefix(size)
      rest = rest.dropFirst(size + 2)
    }
  }
}
