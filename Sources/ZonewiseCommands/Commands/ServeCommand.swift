internal import ArgumentParser
internal import Glibc
internal import Reports
internal import Serving
internal import SourceText
internal import SystemIO

/// `zonewise serve`: a page in the browser to move memory about on, or answers for other programs.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show a host or a fleet in the browser, and try what would be; or answer programs.",
    discussion: """
      It prints the address of a page for this machine's browser; the page changes nothing:
        zonewise serve                      this host
        zonewise serve host.tar.gz          a host from elsewhere
        zonewise serve captures/            a fleet
      With --stdio each line on standard input is a request:
        {"id": 1, "command": ["advise", "host.tar.gz", "--want", "max"]}
      Each has one line in answer, in the same order; answer is what the command prints with \
      --format json:
        {"id":1,"status":0,"error":null,"answer":{…}}
      Commands: \(ServeRequest.commands.joined(separator: ", ")). No file is written. \
      Integrations/python has a client.
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Hosts, as report takes them, a directory of them, or what zonewise fleet printed; "
        + "default: this host.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var sources: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the page is; default: a free port of this machine alone.",
      valueName: "host:port"
    ),
    transform: ListenAddress.init(argument:)
  )
  var listen: ListenAddress?

  @Flag(help: "Serve standard input and output instead of a browser.")
  var stdio = false

  /// As many connections as are answered at once: browsers open some that they never use.
  private static let connections = 16

  func validate() throws {
    if stdio, listen != nil || !sources.isEmpty {
      throw ValidationError("--stdio takes no source and no --listen: each request names its own")
    }
    if sources.contains("-") {
      throw ValidationError("serve reads its sources again and again: standard input can't be")
    }
  }

  func run() throws {
    try Runner.run { if stdio { try StandardServer().run() } else { try serve() } }
  }

  private func serve() throws {
    ServedMachines.keep()
    let served = try ServedSources(sources)
    let address = try listen ?? ListenAddress(argument: "0")
    let listener: HTTPListener
    do throws(HTTPFailure) {
      listener = try HTTPListener(host: address.host, port: address.port)
    } catch {
      throw NothingJudged(message: "--listen \(address): \(error)")
    }
    let token = RandomToken.hexadecimal(bytes: 16)
    let gate = ServeGate(token: token, host: address.host, port: listener.port)
    let server = PageServer(gate: gate, sources: served)
    Console.write("http://\(address.with(port: listener.port))/\(token)/\n")
    if !address.isLoopback {
      Console.report(
        "whoever learns this address, and reaches it, sees these hosts; it is not encrypted"
      )
    }
    listener.run(threads: Self.connections) { server.answer($0) }
  }
}
