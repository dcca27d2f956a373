internal import ArgumentParser
internal import HostCollection
internal import Reports

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
      "The file to write: plain with a name in .tar, else packed with gzip; - is standard output.",
      valueName: "file"
    )
  )
  var output: String?

  @Option(help: "An archive of the files as they are, or a snapshot of one line of JSON.")
  var format = Format.archive

  @Flag(help: "Take out the host's name, addresses, paths, other software and process names.")
  var redact = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if format == .archive, output == nil {
      throw ValidationError("capture needs -o FILE (or --format json, or -o - for a pipe)")
    }
  }

  func run() throws {
    try Runner.run {
      switch format {
      case .archive: try writeArchive(output ?? "-")
      case .json: try writeSnapshot(output ?? "-")
      }
    }
  }

  private func writeArchive(_ path: String) throws {
    let isLive = sourceOptions.source == nil
    guard case .host(let found) = try sourceOptions.find(),
      let source = isLive ? Capture.liveRoot : found
    else {
      throw NothingJudged(
        message: "\(sourceOptions.source ?? "/"): there are no files to capture in this"
      )
    }
    let summary = try Capture.write(
      source,
      to: path,
      tool: ToolVersion.current,
      isRedacted: redact,
      options: sourceOptions.collection
    )
    guard !common.quiet else { return }
    Console.report("\(path): \(summary.files) files, \(summary.bytes >> 10) KiB before packing")
    for line in summary.unreadable { Console.report("not in it: \(line)") }
  }

  private func writeSnapshot(_ path: String) throws {
    var found = try sourceOptions.find()
    if redact {
      guard case .host(let source) = found else {
        throw UsageFailure(
          message: "a snapshot can't be redacted any more; redact while capturing"
        )
      }
      found = .host(CaptureRedaction(source))
    }
    let snapshot = try found.snapshot(options: sourceOptions.collection)
    try write(SnapshotWriter.line(snapshot, tool: tool), to: path)
  }

  private var tool: String { ToolVersion.current }

  private func write(_ line: [UInt8], to path: String) throws(OutputFile.Failure) {
    if path == "-" {
      Console.write(line + [0x0A])
    } else {
      try OutputFile.write(line + [0x0A], to: path)
    }
  }
}
