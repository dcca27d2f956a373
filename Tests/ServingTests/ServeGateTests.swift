internal import Serving
internal import Testing

@Suite("Who may ask")
struct ServeGateTests {
  private let gate = ServeGate(token: "c0ffee", host: "127.0.0.1", port: 4321)

  @Test(
    "Who knows the token gets what is behind it",
    arguments: [
      "127.0.0.1:4321", "localhost:4321", "LOCALHOST:4321", "[::1]:4321", "10.0.0.7:4321",
    ]
  )
  func known(_ host: String) {
    #expect(gate.path("/c0ffee/", host: host) == .success(""))
    #expect(gate.path("/c0ffee/a/b.json", host: host) == .success("a/b.json"))
  }

  @Test(
    "Who does not is told nothing",
    arguments: [
      "/", "", "/c0ffee", "/c0ffef/", "/c0ffe/", "/c0ffeee/", "//c0ffee/", "/C0FFEE/",
      "/c0ffee%2F", "/x/c0ffee/", "c0ffee/",
    ]
  )
  func unknown(_ path: String) {
    #expect(gate.path(path, host: "127.0.0.1:4321") == .failure(.unknownPath))
  }

  @Test(
    "A name that somebody could point here is refused, even with the token",
    arguments: [
      "", "evil.example", "evil.example:4321", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil:4321",
      "localhost.evil:4321", "[::1].evil:4321", "256.0.0.1:4321", "1.2.3:4321", "[evil]:4321",
    ]
  )
  func foreign(_ host: String) {
    #expect(gate.path("/c0ffee/", host: host) == .failure(.foreignName))
  }

  @Test("The name that was listened on is one of its own")
  func named() {
    let gate = ServeGate(token: "t", host: "Desk.example", port: 80)
    #expect(gate.path("/t/", host: "desk.example") == .success(""))
    #expect(gate.path("/t/", host: "desk.example:80") == .success(""))
  }
}
