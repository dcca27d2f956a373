package import Advice
package import History
internal import HostCollection
internal import HostModel
package import Profiles
internal import Recording
internal import SourceText
internal import SystemIO

/// Finds out what kind of history a SOURCE is, and reads it: the one place where commands ask.
package struct HistoryFinder {
  package typealias Take = (HostHistory, Assessment?) throws -> Void

  private let workload: Workload
  private let period: ClosedRange<Int64>
  private let step: Int64?
  private let matchers: String

  /// A saved answer may have a month of many hosts.
  private static let textLimit = 1 << 30

  /// - Parameters:
  ///   - workload: By which profile captures are judged.
  ///   - period: What a server is asked for, and the only samples that are kept.
  ///   - step: How far apart a server's samples are to be, in seconds.
  ///   - matchers: Label matchers for a server.
  package init(
    _ workload: Workload,
    period: ClosedRange<Int64>,
    step: Int64? = nil,
    matchers: String = ""
  ) {
    self.workload = workload
    self.period = period
    self.step = step
    self.matchers = matchers
  }

  /// Whether a source is a history's address, not a path.
  package static func isAddress(_ source: String) -> Bool {
    source.hasPrefix("http://") || source.hasPrefix("https://")
  }

  /// Whether a source is a history, by its name or its beginning: never one that can be read only once,
  /// and no capture, of which a series is one.
  package static func isHistory(_ source: String) -> Bool {
    if isAddress(source) { return true }
    guard SourceFinder.canBeReadAgain(source), !UserFile.isDirectory(source),
      let head = try? UserFile.head(source, bytes: 4096)
    else { return false }
    return RecordedHistories.isDatabase(head) || HistoryText.kind(head) != nil
  }

  /// Hands on the hosts of all sources: those of a server one by one, those of files when all have been
  /// read, for a host may be in several.
  ///
  /// - Returns: What could not be read of several, one line each.
  package func histories(_ sources: [String], _ take: Take) throws -> [String] {
    var captures = CaptureSeries(workload)
    var prometheus = PrometheusReader()
    var sysstat = SysstatReader()
    var archive = PCPReader()
    var failures: [String] = []
    for source in sources {
      do throws(HistoryFailure) {
        try read(source, &captures, &prometheus, &sysstat, &archive) {
          failures.append($0)
        } take: { history in
          do { try take(history, nil); return nil } catch { return error }
        }
      } catch {
        guard sources.count > 1 else { throw error }
        failures.append(error.description)
      }
    }
    for history in prometheus.histories() + sysstat.histories() + archive.histories() {
      try take(history.within(period), nil)
    }
    for (history, state) in captures.hosts() { try take(history.within(period), state) }
    return failures + captures.failures
  }

  private func read(
    _ source: String,
    _ captures: inout CaptureSeries,
    _ prometheus: inout PrometheusReader,
    _ sysstat: inout SysstatReader,
    _ archive: inout PCPReader,
    report: (String) -> Void,
    take: (HostHistory) -> (any Error)?
  ) throws(HistoryFailure) {
    if Self.isAddress(source) { return try server(source, report, take) }
    if UserFile.isDirectory(source) { return try folder(source, &captures) }
    let input: SourceInput
    do throws(CollectionError) { input = try SourceInput(path: source) } catch {
      throw .collection(error)
    }
    let name = source == "-" ? "standard input" : source
    if RecordedHistories.isDatabase(input.head) { return try record(source, take) }
    switch HistoryText.kind(input.head) {
    case .prometheus:
      let bytes = try all(input)
      do throws(LocatedError) { try prometheus.read(bytes, file: name) } catch {
        throw .unreadable(error)
      }
    case .sysstat:
      let bytes = try all(input)
      do throws(LocatedError) { try sysstat.read(bytes, file: name) } catch {
        throw .unreadable(error)
      }
    case .pcp:
      let bytes = try all(input)
      do throws(LocatedError) { try archive.read(bytes, file: name) } catch {
        throw .unreadable(error)
      }
    case nil:
      do throws(CollectionError) { try capture(input, name, &captures) } catch {
        throw .collection(error)
      }
    }
  }

  /// What zonewise record wrote.
  private func record(
    _ path: String,
    _ take: (HostHistory) -> (any Error)?
  ) throws(HistoryFailure) {
    let histories: [HostHistory]
    do throws(DatabaseError) { histories = try RecordedHistories.read(path) } catch {
      throw .database(error)
    }
    guard !histories.isEmpty else { throw .empty(path) }
    for history in histories where take(history.within(period)) != nil { return }
  }

  private func all(_ input: borrowing SourceInput) throws(HistoryFailure) -> [UInt8] {
    do throws(CollectionError) { return try input.all(limit: Self.textLimit) } catch {
      throw .collection(error)
    }
  }

  // MARK: Servers

  private func server(
    _ source: String,
    _ report: (String) -> Void,
    _ take: (HostHistory) -> (any Error)?
  ) throws(HistoryFailure) {
    let address: HTTPAddress
    do throws(HTTPAddress.Refusal) { address = try HTTPAddress(source) } catch {
      throw .address(source, error)
    }
    let server = PrometheusServer(address, period: period, step: step, matchers: matchers)
    let instances = try server.instances()
    guard !instances.isEmpty else {
      throw .server(
        address.description,
        "it knows no host's memory in this period: no series node_memory_MemTotal_bytes"
      )
    }
    for instance in instances {
      do throws(HistoryFailure) {
        guard let history = try server.history(of: instance) else { continue }
        if take(history) != nil { return }
      } catch {
        guard instances.count > 1 else { throw error }
        report("\(instance): \(error)")
      }
    }
  }

  // MARK: Captures

  /// A host's directory, or a folder of captures.
  private func folder(_ path: String, _ captures: inout CaptureSeries) throws(HistoryFailure) {
    do throws(CollectionError) {
      if FileSystem.exists(path + "/proc/zoneinfo") || FileSystem.exists(path + "/zoneinfo") {
        return try add(try SourceFinder.find(path), path, fileTime: modified(path), &captures)
      }
    } catch {
      throw .collection(error)
    }
    let names: [String]
    do throws(ReadFailure) { names = try FileSystem.names(in: path).sorted() } catch {
      throw .file(path, error)
    }
    guard !names.isEmpty else { throw .empty(path) }
    for name in names where !name.hasPrefix(".") {
      let file = path + "/" + name
      do throws(CollectionError) {
        if FileSystem.isDirectory(file) {
          try add(try SourceFinder.find(file), file, fileTime: modified(file), &captures)
        } else {
          try capture(try SourceInput(path: file), file, &captures)
        }
      } catch {
        captures.failed(error.description)
      }
    }
  }

  private func modified(_ path: String) -> Int64? {
    FileSystem.modified(path + "/proc/zoneinfo") ?? FileSystem.modified(path)
  }

  private func capture(
    _ input: consuming SourceInput,
    _ name: String,
    _ captures: inout CaptureSeries
  ) throws(CollectionError) {
    switch try SourceFinder.findHosts(in: input) {
    case .one(let found):
      try add(found, name, fileTime: FileSystem.modified(name), &captures)
    case .stream(var stream):
      while let line = try stream.nextLine() {
        do throws(CollectionError) {
          let source = try line.source()
          captures.add(
            try HostCollector.collect(from: source),
            taken: source.taken,
            fileTime: nil,
            place: "\(name):\(line.number)"
          )
        } catch {
          captures.failed(error.description)
        }
      }
    }
  }

  private func add(
    _ found: FoundSource,
    _ name: String,
    fileTime: Int64?,
    _ captures: inout CaptureSeries
  ) throws(CollectionError) {
    guard case .host(let source) = found else {
      throw .otherKind(path: name, what: "no capture of a host")
    }
    captures.add(
      try HostCollector.collect(from: source),
      taken: source.taken,
      fileTime: fileTime,
      place: name
    )
  }
}
