internal import Advice
internal import Capacity
internal import Glibc
internal import History
internal import HostCollection
internal import HostModel
internal import Profiles
internal import Recording
internal import SystemIO

/// Judges hosts for a record: this one, or captures of any.
struct HostObserver {
  var workload: Workload

  /// This host, now.
  func live(named name: String?) throws -> HostObservation {
    let assessment = try live()
    let snapshot = assessment.snapshot
    guard let host = name ?? snapshot.hostName.value else {
      throw NothingJudged(message: "this host has no name: give it one with --host")
    }
    return observation(assessment, host, SystemClock.real, boot: Self.boot)
  }

  /// The same, judged and no more.
  func live() throws -> Assessment { try assess(try SourceFinder.find(nil).snapshot()) }

  /// What came of a capture: how the host stood, or why that can't be told.
  enum Look {
    case seen(HostObservation)
    case refused(any CommandFailure)
  }

  /// Every host in a capture, a bundle, or a stream of them.
  func captured(_ path: String, _ take: (Look) throws -> Void) throws {
    do {
      switch try SourceFinder.findHosts(path) {
      case .one(let found):
        try take(
          look(path) {
            guard case .host(let source) = found else { return (try found.snapshot(), nil) }
            return (try HostCollector.collect(from: source), source.taken)
          }
        )
      case .stream(var stream):
        while let line = try next(in: &stream, take) {
          try take(
            look("\(path):\(line.number)") {
              let source = try line.source()
              return (try HostCollector.collect(from: source), source.taken)
            }
          )
        }
      }
    } catch let failure as CollectionError {
      try take(.refused(failure))
    }
  }

  /// The next line; one that is too long is handed on as refused.
  private func next(
    in stream: inout BundleStream,
    _ take: (Look) throws -> Void
  ) throws -> BundleLine? {
    while true {
      do throws(CollectionError) {
        return try stream.nextLine()
      } catch {
        guard case .bundle = error else { throw error }
        try take(.refused(error))
      }
    }
  }

  private func look(_ place: String, _ read: () throws -> (HostSnapshot, taken: Int64?)) throws
    -> Look
  {
    do {
      let (snapshot, taken) = try read()
      return .seen(try observation(snapshot, taken, place))
    } catch let failure as any CommandFailure {
      return .refused(failure)
    }
  }

  /// Files, and in the place of a folder that is no host its files, in the order of their names.
  static func files(of paths: [String]) throws -> [String] {
    try paths.flatMap { path in
      // A folder with proc/ or sys/ in it is a host.
      guard FileSystem.isDirectory(path), (try? SourceFinder.find(path)) == nil else {
        return [path]
      }
      return try FileSystem.names(in: path).filter { !$0.hasPrefix(".") }.sorted().map {
        "\(path)/\($0)"
      }
    }
  }

  private func observation(_ snapshot: HostSnapshot, _ taken: Int64?, _ place: String) throws
    -> HostObservation
  {
    guard let taken else {
      throw NothingJudged(
        message: "\(place): it does not tell when it was taken; captures and bundles of zonewise do"
      )
    }
    guard let host = snapshot.hostName.value else {
      throw NothingJudged(message: "\(place): it does not tell its host's name")
    }
    return observation(try assess(snapshot), host, taken, boot: nil)
  }

  private func assess(_ snapshot: HostSnapshot) throws -> Assessment {
    let (profile, choice) = workload.profile(for: snapshot)
    return try Advisor.assess(snapshot, profile: profile, chosenBy: choice)
  }

  private func observation(
    _ assessment: Assessment,
    _ host: String,
    _ time: Int64,
    boot: HostObservation.Boot?
  ) -> HostObservation {
    HostObservation(
      host: host,
      time: time,
      boot: boot,
      kernel: assessment.snapshot.kernel.value?.release ?? "",
      arguments: HostRow.zoneArguments(assessment.snapshot.commandLine.value ?? ""),
      samples: HostHistory.samples(of: assessment),
      verdict: assessment.current.verdict,
      nodeVerdicts: assessment.current.nodes.map { ($0.node, $0.verdict) }
    )
  }

  /// The boot that this host is in; nil where the kernel doesn't tell.
  private static var boot: HostObservation.Boot? {
    func text(_ path: String) -> String? {
      var buffer: [UInt8] = []
      guard (try? FileSystem.read(path, limit: 4 << 20, into: &buffer)) != nil else { return nil }
      return String(decoding: buffer, as: UTF8.self)
    }
    guard let id = text("/proc/sys/kernel/random/boot_id")?.prefix(while: { $0 != "\n" }),
      let line = text("/proc/stat")?.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }
      ),
      let time = Int64(line.dropFirst(6))
    else { return nil }
    return HostObservation.Boot(id: String(id), time: time)
  }
}

extension HostObservation {
  /// A figure of the host as a whole.
  func figure(_ quantity: HistoryQuantity) -> ByteCount? {
    samples.first { $0.key == HistoryKey(quantity) }?.value
  }
}

extension DatabaseError: CommandFailure {
  var status: ExitStatus { .notJudged }
}
