internal import Foundation
internal import TestSupport
internal import Testing

/// `zonewise serve` as people use its page, and as nobody should.
@Suite("serve in the browser", .needs("python3"), .serialized)
struct ServePageTests {
  private static let spec = """
    schema: 1
    defaults: {arch: x86_64, kernel: "6.12"}
    classes:
      - name: pair
        nodes: [{memory: 16GiB, cpus: 4}, {memory: 16GiB, cpus: 4}]
      - name: single
        nodes: [{memory: 8GiB, cpus: 2}]

    """

  /// Runs a part of Tests/Scripts/check-serve, which prints what is wrong.
  private func check(_ part: String) throws {
    let folder = try TemporaryFolder()
    for (name, host) in [("two", "6.12-two-nodes-kernelcore"), ("one", "6.12-one-node-no-movable")]
    {
      try FileManager.default.copyItem(
        at: URL(filePath: Fixtures.path("Roots/\(host)")),
        to: folder.url.appending(path: name)
      )
    }
    _ = try folder.write("spec.yaml", Self.spec)
    let script = CommandRun.tests.appending(path: "Scripts/check-serve").path
    let run = try Consumer.run(
      "python3",
      ["-B", script, CommandRun.executable.path, folder.url.path, part]
    )
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("\(part): "))
  }

  @Test("The same state by URL and by command gives the same bytes")
  func states() throws { try check("states") }

  @Test("1,000 random requests and callers that say nothing stop nobody, and learn nothing")
  func requests() throws { try check("requests") }

  @Test(
    "It is dragged, typed into, gone back and shared, in both themes and three widths",
    .needs("chromium")
  )
  func page() throws { try check("page") }

  @Test("5,000 hosts are searched, grouped and gone through", .needs("chromium"))
  func fleet() throws { try check("fleet") }

  @Test("Hosts and arguments whose names are markup stay text", .needs("chromium"))
  func names() throws { try check("names") }

  @Test("What can't be served is refused with the reason")
  func refusals() throws {
    for (arguments, status, words) in [
      (["-"], Int32(64), "standard input can't be"),
      (["--stdio", "two"], 64, "each request names its own"),
      (["--listen", "nowhere"], 64, "such as 9955"),
      (["/nonexistent/host.tar.gz"], 2, "no such file"),
    ] {
      let run = try CommandRun(["serve"] + arguments)
      #expect(run.status == status && run.errors.contains(words), "\(arguments): \(run.errors)")
    }
  }
}
