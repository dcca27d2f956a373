internal import ArgumentParser
internal import HostCollection
internal import Reports
internal import SystemIO

/// `zonewise capture`: everything advise reads, in one file, for another machine.
struct CaptureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Put everything that advise reads into one file, for another machine."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case archive
    case json
  }

  @OptionGroup var sourceOptions: SourceOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      The file to write. A name in .json or .ndjson, or - for standard output, gives a bundle: one line \
      of JSON; any other gives an archive, plain with a name in .tar, else packed with gzip.
      """,
      valueName: "file"
    )
  )
  var output: String?

  @Option(help: "An archive of the files as they are, or a bundle, whatever the file's name.")
  var format: Format?

  @Flag(help: "Take out the host's name, addresses, paths, other software and process names.")
  var redact = false

  @Flag(help: "Leave out what advice never needs, such as each cpu's lists of pages.")
  var slim = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if output == nil, format != .json {
      throw ValidationError("capture needs -o FILE (or -o - for a bundle on standard output)")
    }
  }

  func run() throws { try Runner.run(write) }

  private func write() throws {
    let isLive = sourceOptions.source == nil
    guard case .host(let found) = try sourceOptions.find(),
      let source = isLive ? Capture.liveRoot : found
    else {
      throw NothingJudged(
        message: "\(sourceOptions.source ?? "/"): there are no files to capture in this"
      )
    }
    let path = output ?? "-"
    let summary: Capture.Summary
    switch format ?? Self.format(of: path) {
    case .archive: summary = try Capture.write(source, to: path, request)
    case .json:
      let bundle = try Capture.bundle(source, request)
      try write(bundle.line, to: path)
      summary = bundle.summary
    }
    guard !common.quiet, path != "-" else { return }
    Console.report("\(path): \(summary.files) files, \(summary.bytes >> 10) KiB before packing")
    for line in summary.unreadable { Console.report("not in it: \(line)") }
  }

  private var request: Capture.Request {
    var request = Capture.Request(tool: ToolVersion.current)
    request.isRedacted = redact
    request.isSlim = slim
    request.collection = sourceOptions.collection
    return request
  }

  private static func format(of path: String) -> Format {
    path == "-" || path.hasSuffix(".json") || path.hasSuffix(".ndjson") ? .json : .archive
  }

  private func write(_ line: [UInt8], to path: String) throws(AtomicFile.Failure) {
    if path == "-" { Console.write(line) } else { try AtomicFile.write(line, to: path) }
  }
}
